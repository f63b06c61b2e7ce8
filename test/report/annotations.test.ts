import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Annotation, annotationLine, annotationsOf } from '../../src/report/annotations.js'
import { parseReport } from '../../src/report/explain-read.js'
import { renderJson } from '../../src/report/json.js'
import { HOSTILE, hostileReport, sampleFinding, sampleReport } from './sample-report.js'

const of = (report = sampleReport(), failOn: 'high' | 'never' = 'high'): readonly Annotation[] =>
  annotationsOf(parseReport(renderJson(report), ''), failOn)

/** As GitHub's runner reads a line (ActionCommand.TryParseV2), stated apart from the program. */
function obeyed(line: string): { command: string; properties: Record<string, string>; message: string } {
  const [, command = '', listed = '', message = ''] = /^::(\w+) ([^]*?)::([^]*)$/.exec(line) ?? []
  const plain = (text: string): string =>
    text.replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%')
  const properties = listed.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), plain(pair.slice(pair.indexOf('=') + 1))])
  return { command, properties: Object.fromEntries(properties) as Record<string, string>, message: plain(message) }
}

describe('annotations of GitHub Actions', () => {
  test('are errors for what fails the scan and warnings for medium findings; known and accepted ones have none', () => {
    const findings = [
      sampleFinding(),
      sampleFinding({ id: 'trigger-1', severity: 'medium' }),
      sampleFinding({ id: 'trigger-2', severity: 'low' }),
      sampleFinding({ id: 'trigger-3', change: 'unchanged' }),
      sampleFinding({ id: 'trigger-4', suppression: { reason: 'ours', expires: null } }),
    ]
    const levels = (failOn: 'high' | 'never'): string[] => of(sampleReport({ findings }), failOn).map(({ level }) => level)
    assert.deepEqual(levels('high'), ['error', 'warning'])
    assert.deepEqual(levels('never'), ['warning', 'warning'])
  })

  test('name the line where a row has one', () => {
    const { coverage } = sampleReport()
    const [file] = coverage.files
    assert.ok(file)
    const named = (path: string, format: string): unknown[] => {
      const [annotation] = of(sampleReport({ coverage: { ...coverage, files: [{ ...file, path, format }] } }))
      return [annotation?.file, annotation?.line]
    }
    assert.deepEqual(named('a.jsonl', 'jsonl'), ['a.jsonl', 11])
    assert.deepEqual(named('a.jsonl.gz', 'jsonl'), ['a.jsonl.gz', undefined])
    assert.deepEqual(named('a.parquet', 'parquet'), ['a.parquet', undefined])
  })

  test('are at most ten of a level, and say how many more there are', () => {
    const findings = Array.from({ length: 14 }, (_, i) => sampleFinding({ id: `trigger-${i}` }))
    const all = of(sampleReport({ findings }))
    assert.equal(all.length, 11)
    assert.match(all.at(-1)?.message ?? '', /^4 more annotations/)
  })

  test('escape as GitHub documents it', () => {
    const line = annotationLine({ level: 'error', file: 'a,b:c%.csv', line: 3, title: 't: 1,2', message: '5 %: a, b' })
    assert.equal(line, '::error file=a%2Cb%3Ac%25.csv,line=3,title=t%3A 1%2C2::5 %25: a, b')
  })

  test('hostile text is one line, sets no property and starts no command', () => {
    for (const [name, text] of Object.entries(HOSTILE)) {
      for (const annotation of of(hostileReport(text))) {
        const line = annotationLine(annotation)
        assert.doesNotMatch(line, /[\r\n\u0085\u2028\u2029\u001b\u0000]|##\w*\[/, name)
        const { command, properties } = obeyed(line)
        assert.equal(command, annotation.level)
        assert.deepEqual(
          Object.keys(properties),
          ['file', 'line', 'title'].filter((key) => annotation[key as 'file'] !== undefined),
          name,
        )
      }
    }
  })
})
