/** `SHA256SUMS`, in the formats of `sha256sum` and of BSD's `sha256`. */
import { MOST_FILES, MOST_PROBLEMS, shown } from './bounds.js'
import { NOTHING, type Declared, type DeclaredFile, type Problem } from './declaration.js'
import { sha256Of } from './digest-text.js'
import { textOf } from './values.js'

export function readChecksums(text: string): Declared {
  const files: DeclaredFile[] = []
  const problems: Problem[] = []
  let line = 0
  for (const each of lines(text)) {
    line++
    const plain = each.trim()
    if (plain === '' || plain.startsWith('#')) continue
    const [, named, told] = /^SHA256 \((.{1,1000})\) = (\S{1,200})$/.exec(plain) ?? []
    const [, digest = told, path = named] = /^(\S{1,200})\s{1,8}\*?(\S.{0,1000})$/.exec(named === undefined ? plain : '') ?? []
    const name = textOf(path)
    const { sha256, malformed } = sha256Of(digest)
    if (name === null || sha256 === null) {
      if (problems.length < MOST_PROBLEMS) {
        problems.push({ code: 'sha256', text: `line ${line} holds no SHA-256 and name: ${shown(malformed ?? plain)}` })
      }
      if (name === null) continue
    }
    files.push({ path: name, sha256, malformed, size: null, contained: false })
    if (files.length === MOST_FILES) break
  }
  return { ...NOTHING, files, problems }
}

/** Without a copy of them all. */
function* lines(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from)
    yield text.slice(from, end < 0 ? text.length : end)
    from = end < 0 ? text.length : end + 1
  }
}
