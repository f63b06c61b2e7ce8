import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { reportJsonSchema, type ReportJson } from '../../src/report/json-schema.js'
import { digestOf, startWeb, type Web } from '../online/web.js'
import { temporaryFolder } from '../temporary-folder.js'
import { runCredence } from './run-credence.js'

const PROVENANCE = ['--scanners', 'provenance', '--cache', 'off', '--jobs', '1', '--out', 'report']

describe('credence scan --online', () => {
  const cwd = temporaryFolder()
  let web: Web
  before(async () => {
    web = await startWeb()
    const rows = ['same/0', 'changed/1', 'gone/2', 'inward', 'same/4'].map((path, i) => ({
      text: `Row ${i} about things`,
      label: i % 2,
      url: web.at(`/${path}`),
      hash: path.startsWith('same') ? digestOf(`content of /${path}`, i === 4 ? 'md5' : 'sha256') : digestOf('what it was'),
    }))
    // A digest of the row's own text says nothing of what lies at its address.
    const own = { text: 'of the text', label: 1, url: web.at('/same/text'), hash: digestOf('of the text') }
    writeFileSync(join(cwd, 'rows.jsonl'), [...rows, own].map((row) => `${JSON.stringify(row)}\n`).join(''))
  })
  after(() => {
    web.close()
  })

  const scanned = async (code: number, ...args: string[]): Promise<{ readonly report: ReportJson; readonly stdout: string }> => {
    const { code: ended, stdout, stderr } = await runCredence(['scan', 'rows.jsonl', ...PROVENANCE, ...args], { cwd })
    assert.equal(ended, code, stderr)
    return { report: reportJsonSchema.parse(JSON.parse(readFileSync(join(cwd, 'report/report.json'), 'utf8'))), stdout }
  }
  const limitsOf = ({ coverage }: ReportJson): Readonly<Record<string, unknown>> => coverage.scanners[0]?.limits ?? {}

  test('asks for nothing without the flag, and of this machine nothing without its range', async () => {
    const { report } = await scanned(0)
    assert.deepEqual([web.asked, Object.keys(limitsOf(report)).filter((key) => key.startsWith('online'))], [[], []])
    const { report: refused } = await scanned(0, '--online')
    assert.deepEqual(web.asked, [])
    const found = refused.findings.find(({ message }) => message === 'provenance/refused-address')
    assert.deepEqual([found?.severity, found?.rows.map(({ row }) => row)], ['medium', [0, 1, 2, 3, 4]])
    assert.equal((await runCredence(['scan', 'rows.jsonl', '--online', '--online-allow', 'intranet'], { cwd })).code, 2)
  })

  test('tells what has changed, is gone and leads inward, and counts what was fetched', async () => {
    const { report, stdout } = await scanned(1, '--online', '--online-allow', '127.0.0.1/32')
    assert.deepEqual(
      report.findings
        .filter(({ message }) => /split|dead|refused/.test(message))
        .map(({ message, severity, rows }) => [message, severity, rows.map(({ row }) => row)]),
      [
        ['provenance/split-view', 'high', [1]],
        ['provenance/refused-address', 'medium', [3]],
        ['provenance/dead-address', 'low', [2]],
      ],
    )
    assert.deepEqual([...web.asked].sort(), ['/changed/1', '/gone/2', '/inward', '/same/0', '/same/4'])
    const { onlineRows, onlineSampled, onlineOfText, onlineRequests, onlineSame, onlineChanged } = limitsOf(report)
    assert.deepEqual([onlineRows, onlineSampled, onlineOfText, onlineRequests, onlineSame, onlineChanged], [6, 6, 1, 5, 2, 1])
    assert.match(stdout, /Online +6 of 6 rows with an address and a digest: 5 requests/)
  })
})
