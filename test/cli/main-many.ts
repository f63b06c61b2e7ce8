// Runs the program's main for each list of arguments that standard input names, as JSON, one after another in one process, in
// the working folder; prints what each would have, as JSON.
import { text } from 'node:stream/consumers'
import { main } from '../../src/cli/main.js'
import { packageRoot } from '../../src/paths.js'

type Write = typeof process.stdout.write

// Each run adds a listener of its own.
process.setMaxListeners(0)
const print = process.stdout.write.bind(process.stdout)

/** Calls back once written, as a stream does. */
function collect(parts: string[]): Write {
  return (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    parts.push(String(chunk))
    for (const written of rest) if (typeof written === 'function') (written as () => void)()
    return true
  }
}

const ended: { code: number; stdout: string; stderr: string }[] = []
for (const args of JSON.parse(await text(process.stdin)) as string[][]) {
  const [stdout, stderr]: [string[], string[]] = [[], []]
  process.stdout.write = collect(stdout)
  process.stderr.write = collect(stderr)
  const code = await main(args, packageRoot)
  ended.push({ code, stdout: stdout.join(''), stderr: stderr.join('') })
}
process.stdout.write = print
print(JSON.stringify(ended))
