/** The bundled encoders' bytes, by file. `tools/encoders` makes them and prints these digests; a file that differs is refused. */
export const bundled = {
  static: {
    'model.onnx': '616192b0579529badadb4648f8ec84a5c9b24965b181ac31672c6f4121955262',
    'tokenizer.json': '3ad857958ba886d154a5a852119fb31a0dd549d03d8a3fc20e33f2336272cc19',
    'config.json': '935167cfd26efe276cb05d80c03ccc35046c898dc2bb8d00915753c78fcdec66',
  },
  minilm: {
    'model.onnx': '4b5460fdfadc8e274842a124501db6f690c4aaf2d051217fabeee4191e456658',
    'tokenizer.json': '3ad857958ba886d154a5a852119fb31a0dd549d03d8a3fc20e33f2336272cc19',
    'config.json': '0332abdb4ee1875c3adf52b375cb4531134145ecab40080ec14a0299e71f18e1',
  },
} as const

export type BundledName = keyof typeof bundled

export function isBundled(name: string): name is BundledName {
  return Object.hasOwn(bundled, name)
}
