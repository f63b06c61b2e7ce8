import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function findPackageRoot(): string {
  const given = process.env['CREDENCE_ROOT']
  if (given) return given
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('credence: package.json not found above the program')
    folder = parent
  }
  return folder
}

/** Absolute path of the installed package: models and schemas lie below it, compiled code in `dist`. */
export const packageRoot = findPackageRoot()
