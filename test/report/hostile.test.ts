import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { renderJson } from '../../src/report/json.js'
import { reportJsonSchema } from '../../src/report/json-schema.js'
import { renderMarkdown } from '../../src/report/markdown.js'
import { renderSarif } from '../../src/report/sarif.js'
import { renderTerminal } from '../../src/report/terminal.js'
import { assertDeadMarkdown } from './dead-markdown.js'
import { HOSTILE, hostileReport } from './sample-report.js'
import { assertSarif } from './sarif-shape.js'

/** Bytes that act on a terminal or hide from a reader. Stated apart from the program's own list, range by range. */
const ACTIVE = new RegExp(
  [
    '[\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f]',
    '[\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb]',
    '[\\u{e0000}-\\u{e01ef}]',
    '\\p{Surrogate}',
  ].join('|'),
  'u',
)

function assertQuiet(text: string): void {
  const found = ACTIVE.exec(text)
  const around = found === null ? '' : JSON.stringify(text.slice(Math.max(0, found.index - 40), found.index + 40))
  assert.equal(found, null, `active character in ${around}`)
  for (const line of text.split('\n')) assert.doesNotMatch(line, /^\s*::/)
  assert.doesNotMatch(text, /##[a-z]*\[/i)
}

const options = { colour: false, width: 100, failOn: 'high', out: 'report' } as const

for (const [name, text] of Object.entries(HOSTILE)) {
  const report = hostileReport(text)

  describe(`hostile text: ${name}`, () => {
    test('the terminal gets no active byte, and a bounded amount', () => {
      const rendered = renderTerminal(report, options)
      assertQuiet(rendered)
      assert.ok(rendered.length < 30_000, `${rendered.length} characters`)
    })

    test('with colour, only our own codes are added', () => {
      const rendered = renderTerminal(report, { ...options, colour: true })
      assertQuiet(rendered.replace(/\u001b\[(?:0|1|2|7|3[1-4])m/g, ''))
    })

    test('Markdown has nothing live', () => {
      const rendered = renderMarkdown(report, { failOn: 'high' })
      assertQuiet(rendered)
      assertDeadMarkdown(rendered)
    })

    test('JSON parses to the same text, fits its schema, and prints safely', () => {
      const rendered = renderJson(report)
      assertQuiet(rendered)
      const parsed = reportJsonSchema.parse(JSON.parse(rendered))
      const [finding] = parsed.findings
      assert.equal(finding?.title, text)
      assert.deepEqual(finding.trigger, [text, `${text}${text}`])
      assert.equal(finding.examples[0]?.excerpt, `${text} mid ${text}`)
      if (name !== 'proto') assert.equal(finding.evidence[text], text)
      assert.equal(parsed.coverage.files[0]?.path, text)
    })

    test('SARIF keeps its shape, and its messages are plain text', () => {
      const rendered = renderSarif(report, { 'trigger/label': { title: text, help: text } })
      assertQuiet(rendered)
      assertSarif(JSON.parse(rendered))
    })
  })
}
