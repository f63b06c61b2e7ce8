/** Glob patterns of metadata, matched in linear time: they come with the data, and native patterns can be made to hang. */
import { createRequire } from 'node:module'
import type * as Re2 from 're2js'

const require = createRequire(import.meta.url)

const LONGEST = 500
const SIGNS = /[\\^$.|+()[\]{}]/g

/** @returns null for a pattern that cannot be read */
export function globTest(glob: string): ((path: string) => boolean) | null {
  if (glob.length > LONGEST) return null
  const { RE2JS } = require('re2js') as typeof Re2
  const source = sourceOf(glob.replaceAll('\\', '/').replace(/^(?:\.\/)+/, ''))
  if (source === null) return null
  try {
    const pattern = RE2JS.compile(`^(?:${source})$`)
    return (path) => pattern.matcher(path).matches()
  } catch {
    return null
  }
}

/** `**` crosses folders, `*` and `?` do not; `[…]` and `{a,b}` as in shells. A pattern without a slash matches names in any folder. */
function sourceOf(glob: string): string | null {
  let source = glob.includes('/') ? '' : '(?:.*/)?'
  let depth = 0
  for (let i = 0; i < glob.length; i++) {
    const sign = glob.charAt(i)
    if (sign === '*' && glob.charAt(i + 1) === '*') {
      const folder = glob.charAt(i + 2) === '/'
      source += folder ? '(?:.*/)?' : '.*'
      i += folder ? 2 : 1
    } else if (sign === '*') source += '[^/]*'
    else if (sign === '?') source += '[^/]'
    else if (sign === '[') {
      const end = glob.indexOf(']', i + 2)
      if (end < 0) return null
      const inner = glob.slice(i + 1, end)
      source += `[${inner.startsWith('!') ? '^' : ''}${inner.replace(/^!/, '').replace(/[\\[\]^]/g, '\\$&')}]`
      i = end
    } else if (sign === '{') {
      depth++
      source += '(?:'
    } else if (sign === '}' && depth > 0) {
      depth--
      source += ')'
    } else if (sign === ',' && depth > 0) source += '|'
    else source += sign.replace(SIGNS, '\\$&')
  }
  return depth === 0 ? source : null
}
