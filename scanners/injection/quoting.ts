/** Whether words are quoted or talked about, and not meant: a text about prompt injection is none. */

/** UTF-16 units looked at on each side. */
const QUOTE_REACH = 400
const NEAR = 160
const WIDE = 700

const PAIRS: readonly (readonly [string, string])[] = [
  ['\u201c', '\u201d'],
  ['\u201e', '\u201c'],
  ['\u00ab', '\u00bb'],
  ['\u300c', '\u300d'],
]

/** The field's own words: who uses them is talking about it. */
const FIELD =
  /\b(?:prompt[- ]injections?|injection (?:attacks?|attempts?|detect\w*|payloads?)|injected (?:instructions?|prompts?|text|commands?)|jail-?break (?:attempts?|attacks?|prompts?|detect\w*)|jailbreaking|attackers?|adversar(?:y|ies|ial)|malicious (?:users?|actors?|instructions?|prompts?|content|input)|exploits?|vulnerab\w+|red[- ]team\w*|owasp|threat model\w*|untrusted|sanitiz\w+|social engineering|prompt leak\w*|data exfiltration|mitigat\w+|guardrails? (?:classif|model)\w*|benign|security (?:researchers?|teams?|tests?|training|engineers?))\b/i

/** Introduces an example or another's words. */
const REPORTS =
  /\b(?:phrases?|such as|for example|for instance|e\.g\.|examples?|like|called|known as|so-called|said|says|saying|wrote|writes|typed?|types|typing|tells?|told|asks?|asked|tries|tried|attempts?|sentence|strings?|message|reads|instruct(?:s|ed|ing)|demand(?:s|ed|ing)|containing|contains|titled|labell?ed|detect\w*|classif\w+|flag(?:s|ged)?|filter(?:s|ed)?|translate|proofread|rewrite|paraphrase|quote|meaning of|mean(?:s|t)? by|what does)\b[^.!?\n]{0,60}$/i

/** A half-open range of a text between quotation marks or backticks, in a code block, or in a quoted line. */
export function isQuoted(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - QUOTE_REACH), start)
  const after = text.slice(end, end + QUOTE_REACH)
  const inner = text.slice(start, end)
  if (fences(text, start) % 2 === 1) return true
  const line = before.slice(before.lastIndexOf('\n') + 1)
  if (/^\s*>/.test(line)) return true
  // A quotation that begins inside the match speaks of what it holds, as an order does too: only those around it count.
  const near = before.slice(Math.max(0, before.lastIndexOf('\n\n')))
  for (const mark of ['"', '`']) {
    if (countOf(near, mark) % 2 === 1 && (after.includes(mark) || inner.includes(mark))) return true
  }
  for (const [open, close] of PAIRS) {
    if (near.lastIndexOf(open) > near.lastIndexOf(close) && after.includes(close)) return true
  }
  return /(?:^|[\s([:])'[^'\n]{0,160}$/.test(near) && /^[^\n]{0,300}?'(?:[\s.,;:!?)\]]|$)/.test(after)
}

/** Whether the words around speak of attacks, or introduce an example. */
export function isDiscussed(text: string, start: number, end: number): boolean {
  if (REPORTS.test(text.slice(Math.max(0, start - NEAR), start))) return true
  return speaksOfAttacks(`${text.slice(Math.max(0, start - WIDE), start)} ${text.slice(end, end + WIDE)}`)
}

export function speaksOfAttacks(text: string): boolean {
  return FIELD.test(text)
}

function fences(text: string, before: number): number {
  let count = 0
  for (let at = text.indexOf('```'); at >= 0 && at < before; at = text.indexOf('```', at + 3)) count++
  return count
}

function countOf(text: string, mark: string): number {
  let count = 0
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) count++
  return count
}
