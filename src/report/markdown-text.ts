import { safeText } from './safe-text.js'

const LONGEST = 600

/**
 * Untrusted text in Markdown, word for word: a code span whose fence is longer than any run of backticks in it. Links,
 * images, HTML, mentions and issue numbers are dead in a code span; line breaks are already visible signs.
 * Not for table cells: a `|` would end them.
 */
export function codeSpan(text: string, longest = LONGEST): string {
  const safe = safeText(text, longest)
  if (safe === '') return '*(empty)*'
  const run = Math.max(0, ...(safe.match(/`+/g) ?? []).map((ticks) => ticks.length))
  const fence = '`'.repeat(run + 1)
  // A space is taken off each end where both have one and there is more than spaces (CommonMark 6.1), so the pad never shows.
  const spaced = safe.startsWith(' ') && safe.endsWith(' ') && safe.trim() !== ''
  const pad = spaced || safe.startsWith('`') || safe.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${safe}${pad}${fence}`
}

/** Signs that open or close something in CommonMark or GitHub's additions wherever they stand. */
const SIGNS = /[\\`*_[\]<>|~&$]/g

/**
 * A sentence that may hold untrusted words, as prose. Besides Markdown's own signs, what GitHub makes live after
 * parsing is broken: mentions and addresses by a full-width `＠`, issue numbers by `＃`, bare links by escapes. Blanks
 * around it, of which four would make it code, are left out.
 */
export function prose(text: string): string {
  return safeText(text, LONGEST)
    .trim()
    .replace(SIGNS, '\\$&')
    .replace(/^(\s*)([-+=#])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2')
    .replaceAll('@', '＠')
    .replace(/\\?#(?=\d)/g, '＃')
    .replace(/(?<![a-z0-9])GH-(?=\d)/gi, 'GH‑')
    .replaceAll('//', '\\/\\/')
    .replace(/www\./gi, (found) => `${found.slice(0, 3)}\\.`)
    .replaceAll('::', ':\\:')
}
