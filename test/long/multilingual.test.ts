import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { reportJsonSchema } from '../../src/report/json-schema.js'
import { runCredence } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

/** Real text in thirteen languages that is on any machine with the project: the compiler's own messages. */
const FOLDER = dirname(createRequire(import.meta.url).resolve('typescript'))
const FILE = 'diagnosticMessages.generated.json'
const MESSAGES = 450
/** A template leaves gaps, `{0}`, that are alike in all languages. */
const filled = (message: string): string =>
  message
    .replaceAll('{0}', 'total')
    .replaceAll('{1}', 'value')
    .replaceAll(/\{\d\}/g, 'x')

const languages = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(FOLDER, entry.name)).includes(FILE))
  .map(({ name }) => name)
  .sort()
const messages = new Map(
  languages.map((language) => {
    const all = JSON.parse(readFileSync(join(FOLDER, language, FILE), 'utf8')) as Record<string, string>
    return [language, new Map(Object.entries(all).map(([key, message]) => [key, filled(message)]))] as const
  }),
)
const keys = [...messages.get('de')!.keys()].filter((_, i) => i % 4 === 0).slice(0, MESSAGES)

type Row = Record<string, string>
const each = (rowOf: (key: string, language: string) => Row): Row[] =>
  keys.flatMap((key) => languages.flatMap((language) => (messages.get(language)!.has(key) ? [rowOf(key, language)] : [])))
const said = (key: string, language: string): string => messages.get(language)!.get(key)!

const SETS: Readonly<Record<string, Row[]>> = {
  'texts of all languages': each((key, language) => ({ text: said(key, language) })),
  'which language a text is in': each((key, language) => ({ text: said(key, language), label: language })),
  translations: each((key, language) => ({
    prompt: `Translate into ${language}: ${said(key, language === 'de' ? 'fr' : 'de')}`,
    response: said(key, language),
  })),
}

describe('text in many languages', { concurrency: 1 }, () => {
  test('is there: thirteen languages', () => {
    assert.equal(languages.length, 13)
  })

  for (const [name, rows] of Object.entries(SETS)) {
    test(`${name}: no finding of poisoning at medium or above, from any scanner`, async () => {
      const cwd = temporaryFolder()
      writeFileSync(join(cwd, 'data.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'))
      const { stderr } = await runCredence(['scan', 'data.jsonl', '--out', 'report', '--cache', 'off'], { cwd })
      assert.equal(stderr, '')
      const report = reportJsonSchema.parse(JSON.parse(readFileSync(join(cwd, 'report/report.json'), 'utf8')))
      assert.equal(report.coverage.rows.read, rows.length)
      assert.deepEqual(report.coverage.incomplete, [])
      assert.deepEqual(
        report.findings
          .filter(({ category, severity }) => category === 'poisoning' && severity !== 'info' && severity !== 'low')
          .map(({ message, title, severity }) => ({ message, title, severity })),
        [],
      )
    })
  }
})
