/**
 * A few lines of WebAssembly, assembled when they are loaded: inner loops that V8 does not turn into vector instructions by
 * itself. Only the instructions that are used (WebAssembly Core Specification 2.0, §5.4).
 */

type Code = readonly (number | Code)[]

const VECTOR = 0xfd
export const I32 = 0x7f
export const F64 = 0x7c
export const V128 = 0x7b
const NO_RESULT = 0x40

export const get = (local: number): Code => [0x20, unsigned(local)]
export const set = (local: number): Code => [0x21, unsigned(local)]
export const i32 = (value: number): Code => [0x41, signed(value)]
export const add: Code = [0x6a]
export const subtract: Code = [0x6b]
export const shiftLeft: Code = [0x74]
export const lessThan: Code = [0x49]
/** Of numbers with a sign. */
export const isLess: Code = [0x48]
export const load32At = (offset: number): Code => [0x28, 2, unsigned(offset)]
export const load32 = load32At(0)
export const loadFloatAsDouble: Code = [0x2a, 2, 0, 0xbb]
export const loadDoubleAt = (offset: number): Code => [0x2b, 3, unsigned(offset)]
export const storeDoubleAt = (offset: number): Code => [0x39, 3, unsigned(offset)]
export const f64 = (value: number): Code => [0x44, ...Buffer.from(Float64Array.of(value).buffer)]
export const addFloats: Code = [0xa0]

export const zeroVector: Code = [VECTOR, 0x0c, ...Array.from({ length: 16 }, () => 0)]
/** Four 16-bit numbers at the address plus `offset`, as 32-bit ones. */
export const loadFourShorts = (offset: number): Code => [VECTOR, 0x03, 1, unsigned(offset)]
export const storeVector = (offset: number): Code => [VECTOR, 0x0b, 2, unsigned(offset)]
export const addFours: Code = [VECTOR, unsigned(0xae)]
/** Two 32-bit integers at the address, as 64-bit floats. */
export const loadTwoAsFloats: Code = [VECTOR, 0x5d, 2, 0, VECTOR, unsigned(0xfe)]
export const splatFloat: Code = [VECTOR, 0x14]
export const addPairs: Code = [VECTOR, unsigned(0xf0)]
export const subtractPairs: Code = [VECTOR, unsigned(0xf1)]
export const multiplyPairs: Code = [VECTOR, unsigned(0xf2)]
export const ceilPairs: Code = [VECTOR, 0x74]
/** All bits of a half are set where it is greater. */
export const greaterPairs: Code = [VECTOR, 0x4a]
export const andVectors: Code = [VECTOR, 0x4e]
export const half = (which: 0 | 1): Code => [VECTOR, 0x21, which]
/** Both 64-bit halves as two 32-bit floats at the address under them. */
export const storeTwoFloats: Code = [VECTOR, 0x5e, VECTOR, 0x5b, 2, 0, 0]

/** Again and again while what `body` leaves on the stack is not zero. */
export const loop = (...body: Code): Code => [0x03, NO_RESULT, body, 0x0d, 0, 0x0b]

export interface WasmFunction {
  readonly name: string
  readonly parameters: readonly number[]
  readonly result: number | null
  /** Types of the locals behind the parameters. */
  readonly locals: readonly number[]
  readonly body: Code
}

/** The types of a browser's library, which is not among ours, as far as it is used. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

/**
 * Functions over a memory of their own.
 * @param pages of 64 KiB
 * @returns them by name
 */
export function assemble(
  pages: number,
  functions: readonly WasmFunction[],
): { memory: ArrayBuffer; run: Readonly<Record<string, (...values: number[]) => number>> } {
  const types = functions.map(({ parameters, result }) => [0x60, list(parameters), list(result === null ? [] : [result])])
  const codes = functions.map(({ locals, body }) => sized([list(locals.map((type) => [1, type])), body, 0x0b]))
  const exported = [...functions.map(({ name }, index) => [text(name), 0, unsigned(index)]), [text('memory'), 2, 0]]
  const sections: [number, Code][] = [
    [1, list(types)],
    [3, list(functions.map((_, index) => unsigned(index)))],
    [5, list([[0, unsigned(pages)]])],
    [7, list(exported)],
    [10, list(codes)],
  ]
  const bytes = flat([[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], sections.map(([id, content]) => [id, sized(content)])])
  const { memory, ...run } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes))).exports
  return { memory: (memory as { buffer: ArrayBuffer }).buffer, run: run as Record<string, (...values: number[]) => number> }
}

function text(characters: string): Code {
  return list([...Buffer.from(characters, 'latin1')])
}

function list(items: Code): Code {
  return [unsigned(items.length), items]
}

function sized(content: Code): Code {
  return [unsigned(flat(content).length), content]
}

function flat(code: Code, into: number[] = []): number[] {
  for (const part of code) {
    if (typeof part === 'number') into.push(part)
    else flat(part, into)
  }
  return into
}

/** LEB128. */
function unsigned(value: number): Code {
  const bytes: number[] = []
  for (let rest = value; ; rest = rest >>> 7) {
    if (rest < 0x80) return [...bytes, rest]
    bytes.push((rest & 0x7f) | 0x80)
  }
}

function signed(value: number): Code {
  const bytes: number[] = []
  for (let rest = value; ; rest = rest >> 7) {
    const low = rest & 0x7f
    if ((rest >> 7 === 0 && low < 0x40) || (rest >> 7 === -1 && low >= 0x40)) return [...bytes, low]
    bytes.push(low | 0x80)
  }
}
