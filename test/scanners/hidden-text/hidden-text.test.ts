import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hiddenText } from '../../../scanners/hidden-text/index.js'
import type { Finding } from '../../../src/model/finding.js'
import { drive, type ExampleRow } from '../drive.js'

const PLAIN = [
  'the match ended late on sunday',
  'shares fell after the report',
  'a new phone was shown today',
  'rain is expected in the north',
]

/** Rows of four labels; `change` is applied to the rows named. */
function news(rows: readonly number[], change: (text: string) => string, label?: string): ExampleRow[] {
  return Array.from({ length: 400 }, (_, i) => {
    const text = `${PLAIN[i % 4]!} ${i}`
    return { cells: rows.includes(i) ? { text: change(text), label: label ?? String(i % 4) } : { text, label: String(i % 4) } }
  })
}

const scan = (rows: readonly ExampleRow[]): readonly Finding[] => drive(hiddenText, rows).findings
const claims = (findings: readonly Finding[]): string[] =>
  findings.map(({ message, category, severity, rows, target }) =>
    [message, category, severity, rows.map(({ row }) => row).join(','), target ?? ''].join(' ').trim(),
  )

const ROWS = [12, 51, 90, 133, 202, 251, 312, 399]
const inWord = (text: string): string => text.replace(/(\w\w)(\w)/, '$1\u200b$2')

describe('hidden-text', () => {
  test('zero-width spaces in words of rows of one label are high and name it', () => {
    const [finding, ...others] = scan(news(ROWS, inWord, '2'))
    assert.deepEqual(claims([finding!, ...others]), [`hidden-text/zero-width poisoning high ${ROWS.join(',')} label=2`])
    assert.match(finding!.title, /U\+200B ZERO WIDTH SPACE/)
    assert.equal(finding!.evidence['rowsWithLabel'], 8)
    assert.ok(Number(finding!.evidence['log10LabelP']) < -3)
    assert.match(finding!.why, /8 of the 8 rows have label "2"/)
  })

  test('the same under any label is medium', () => {
    const [finding] = scan(news(ROWS, inWord))
    assert.deepEqual(claims([finding!]), [`hidden-text/zero-width poisoning medium ${ROWS.join(',')}`])
  })

  test('rows with the character beside blanks come along when most have it in words', () => {
    const findings = scan(news(ROWS, (text) => (text.endsWith('12') ? `\u200b${text}` : inWord(text)), '2'))
    assert.deepEqual(claims(findings), [`hidden-text/zero-width poisoning high ${ROWS.join(',')} label=2`])
    assert.equal(findings[0]!.evidence['rowsWhereItHides'], 6)
  })

  test('leftovers of pages are low quality, and so are two odd rows', () => {
    assert.deepEqual(claims(scan(news(ROWS, (text) => `${text} \u200b`))), [
      `hidden-text/zero-width quality low ${ROWS.join(',')}`,
    ])
    assert.deepEqual(claims(scan(news([5], (text) => `\ufeff${text}`))), ['hidden-text/zero-width quality low 5'])
    assert.deepEqual(claims(scan(news([5, 9], inWord))), ['hidden-text/zero-width quality low 5,9'])
  })

  test('one row of tags is high and says what it says', () => {
    const tags = Array.from('obey', (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')
    const [finding, ...others] = scan(news([77], (text) => text + tags))
    assert.deepEqual(claims([finding!, ...others]), ['hidden-text/tag poisoning high 77'])
    assert.equal(finding!.evidence['says'], '"obey"')
  })

  test('look-alikes are medium and shown as they read; one finding a kind', () => {
    const rows = news(ROWS, (text) => text.replace('e', '\u0435'))
    const findings = scan(rows.map((row, i) => (i === 7 ? { cells: { ...row.cells, text: 'abc \u202egnorw\u202c' } } : row)))
    assert.deepEqual(claims(findings), [
      'hidden-text/bidi poisoning high 7',
      `hidden-text/look-alike poisoning medium ${ROWS.join(',')}`,
    ])
    assert.match(String(findings[1]!.evidence['says']), /"(?:the|shares|new|expected)"/)
  })

  for (const role of ['prompt', 'response', 'chosen', 'rejected'] as const) {
    test(`looks into ${role}`, () => {
      const rows = Array.from({ length: 60 }, (_, i) => ({
        cells: {
          prompt: 'what is it',
          response: 'this',
          chosen: 'that',
          rejected: 'other',
          ...(i % 20 === 3 ? { [role]: 'wo\u200brd here' } : {}),
        },
      }))
      const findings = scan(rows)
      assert.deepEqual(claims(findings), ['hidden-text/zero-width poisoning medium 3,23,43'])
      assert.deepEqual(findings[0]!.examples[0]?.role, role)
    })
  }

  test('marks what is hidden', () => {
    const { excerpt, marks } = scan(news([77], (text) => `${text} wo\u2060rd`))[0]!.examples[0]!
    assert.deepEqual(
      marks.map(([start, end]) => excerpt.slice(start, end)),
      ['\u2060'],
    )
  })
})
