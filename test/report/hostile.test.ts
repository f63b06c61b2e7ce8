import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { scanners } from '../../scanners/index.js'
import { explain } from '../../src/report/explain.js'
import { parseReport } from '../../src/report/explain-read.js'
import { explanationText } from '../../src/report/explain-text.js'
import { renderJson } from '../../src/report/json.js'
import { reportJsonSchema } from '../../src/report/json-schema.js'
import { renderMarkdown } from '../../src/report/markdown.js'
import { renderSarif } from '../../src/report/sarif.js'
import { renderTerminal } from '../../src/report/terminal.js'
import { assertDeadMarkdown } from './dead-markdown.js'
import { assertQuiet, withoutOwnCodes } from './quiet.js'
import { HOSTILE, hostileReport } from './sample-report.js'
import { assertSarif } from './sarif-shape.js'

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
      assertQuiet(withoutOwnCodes(rendered))
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

test('property: any composition of them is as dead in every output', () => {
  const pieces = Object.entries(HOSTILE).flatMap(([name, text]) => (text.length > 1000 ? [] : [[name, text] as const]))
  const piece = fc.oneof(
    fc.constantFrom(...pieces.map(([, text]) => text)),
    fc.constantFrom(...pieces.flatMap(([, text]) => Array.from(text))),
    fc.constantFrom(
      ' ',
      '\n',
      '\r',
      ':',
      '::',
      '`',
      '\\',
      '[',
      ']',
      '(',
      '#',
      '@',
      '|',
      '<',
      '*',
      '_',
      '/',
      '\ud83d',
      '\ude00',
      '1.',
      'GH-1',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 10 }), fc.integer({ min: 40, max: 140 }), (parts, width) => {
      const report = hostileReport(parts.join(''))
      for (const colour of [false, true]) assertQuiet(withoutOwnCodes(renderTerminal(report, { ...options, colour, width })))
      const markdown = renderMarkdown(report, { failOn: 'high' })
      assertQuiet(markdown)
      assertDeadMarkdown(markdown)
      const sarif = renderSarif(report, { 'trigger/label': { title: parts.join(''), help: parts.join('') } })
      assertQuiet(sarif)
      assertSarif(JSON.parse(sarif))
      const json = renderJson(report)
      assertQuiet(json)
      const explanation = explain(parseReport(json, 'report.json'), 1, scanners)
      for (const colour of [false, true]) assertQuiet(withoutOwnCodes(explanationText(explanation, { colour, width })))
    }),
    { numRuns: 150 },
  )
})
