import assert from 'node:assert/strict'

/** Lines that the report itself writes as structure; what follows the sign is text. */
const STRUCTURE =
  /^(?:# |## |### |- (?:\*\*[A-Z][A-Za-z ]*\*\*: )?| {2}- |\| (?:severity|---|info|low|medium|high|critical) .*\|$)/

/** What folds a part of a comment; our own words alone. */
const FOLD = /^(?:<details>|<\/details>|<summary>(?:[\d,]+ (?:other )?findings?|Coverage)<\/summary>)$/

/** Removes code spans as CommonMark finds them: a run of n backticks to the next run of exactly n. */
function withoutCode(line: string): string {
  let rest = line
  let kept = ''
  for (;;) {
    const open = /(?<!\\)`+/.exec(rest)
    if (open === null) return kept + rest
    const after = rest.slice(open.index + open[0].length)
    const close = new RegExp(`(?<!\`)${open[0]}(?!\`)`).exec(after)
    assert.ok(close !== null, `a code span is left open: ${line.slice(0, 200)}`)
    kept += `${rest.slice(0, open.index)}C`
    rest = after.slice(close.index + close[0].length)
  }
}

/**
 * Checks that text outside code spans holds no sign that CommonMark or GitHub would act on, but for the report's own
 * headings, bullets, bold names and one table of counts.
 */
export function assertDeadMarkdown(markdown: string): void {
  for (const line of markdown.split('\n')) {
    if (line.startsWith('| ')) {
      assert.match(line, /^\| (?:severity|---|info|low|medium|high|critical)(?: \| [\w:, -]+)+ \|$/)
      continue
    }
    if (FOLD.test(line)) continue
    assert.doesNotMatch(line, /^ {4}|^\t/, 'indented code')
    const text = withoutCode(line.replace(STRUCTURE, ''))
      .replace(/\*\*C\*\*/g, 'C')
      .replace(/\*\(empty\)\*/g, 'C')
    const live = /(?<!\\)(?:\\\\)*[`*_[\]<>|~&$]|@|\/\/|www\.|#\d|^\s*(?:[-+=#>]|\d+[.)])|!\[|(?<![a-z0-9])GH-\d/i.exec(text)
    assert.equal(live, null, `live Markdown ${JSON.stringify(live?.[0])} in ${JSON.stringify(line.slice(0, 300))}`)
  }
}
