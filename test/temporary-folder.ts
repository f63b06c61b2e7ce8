import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let root: string | null = null

/** A new empty folder, which is removed with all others when the process of the tests ends. */
export function temporaryFolder(): string {
  if (root === null) {
    const made = (root = mkdtempSync(join(tmpdir(), 'credence-test-')))
    process.on('exit', () => {
      rmSync(made, { recursive: true, force: true })
    })
  }
  return mkdtempSync(join(root, 'in-'))
}
