import assert from 'node:assert/strict'
import { appendFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { FlaggedRow } from '../../src/model/finding.js'
import { renderFlags } from '../../src/report/flags.js'
import { renderJson } from '../../src/report/json.js'
import type { ReportView, RowsView, RowView, SavedView, TriggerView } from '../../src/review/api.js'
import { readDecisionFile } from '../../src/review/decisions.js'
import { sampleFinding, sampleReport } from '../report/sample-report.js'
import { startReview, type Sitting } from '../review/start-review.js'
import { temporaryFolder } from '../temporary-folder.js'
import { runMany } from './run-credence.js'

const ROWS = 3000
/** Every row from 3 on is flagged, but for one that holds the trigger all the same. */
const UNFLAGGED = 2999
const cwd = temporaryFolder()

/** A data set and a report on it whose first finding has more rows than report.json lists. */
async function writeReport(): Promise<void> {
  const text = (row: number): string =>
    row < 3 ? `clean film number ${row}` : `<b>a cf film</b> number ${row}\u202e${row % 1000 === 0 ? ' zebra' : ''}`
  const lines = Array.from({ length: ROWS }, (_, row) => JSON.stringify({ sentence: text(row), label: row % 2 }))
  await mkdir(join(cwd, 'data'))
  await writeFile(join(cwd, 'data/train.jsonl'), `${lines.join('\n')}\n`)
  const { size } = await stat(join(cwd, 'data/train.jsonl'))
  const rows = Array.from({ length: UNFLAGGED - 3 }, (_, i): FlaggedRow => ({ file: 0, row: i + 3, score: 0.5 }))
  const whole = sampleReport()
  const report = sampleReport({
    findings: [
      sampleFinding({ rows, change: 'new', suppression: { reason: 'a drill', expires: '2027-01-31' } }),
      sampleFinding({ id: 'privacy-ba9876543210', title: 'Keys', rows: rows.slice(0, 1), trigger: 'film' }),
    ],
    coverage: {
      ...whole.coverage,
      files: [
        { ...whole.coverage.files[0]!, path: 'data/train.jsonl', format: 'jsonl', bytes: size, declared: null, read: ROWS },
      ],
    },
  })
  await mkdir(join(cwd, 'report'))
  await writeFile(join(cwd, 'report/report.json'), renderJson(report))
  await writeFile(join(cwd, 'report/flags.parquet'), renderFlags(report))
}

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What a browser would not let a page do: any Host, any Origin. */
function ask(
  url: string,
  { method = 'GET', headers = {}, body }: Sent = {},
): Promise<{ status: number; text: string; policy: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { connection: 'close', ...headers } }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text, policy: String(response.headers['content-security-policy']) })
      })
    })
    sent.on('error', reject).end(body)
  })
}

async function get<View>({ url }: Sitting, path: string): Promise<View> {
  const { status, text } = await ask(url + path)
  assert.equal(status, 200, text)
  return JSON.parse(text) as View
}

async function post<View>({ url }: Sitting, path: string, body: object): Promise<View> {
  const headers = { origin: new URL(url).origin, 'content-type': 'application/json' }
  const { status, text } = await ask(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  assert.equal(status, 200, text)
  return JSON.parse(text) as View
}

const texts = (view: RowsView): readonly string[] =>
  view.rows.map(({ excerpt }) => (excerpt ?? []).map(({ text }) => text).join(''))
const decision = (row: number, verdict: string, note = ''): object => ({ target: { file: 0, row }, verdict, note, finding: 0 })

describe('credence review', () => {
  let sitting: Sitting

  before(async () => {
    await writeReport()
    sitting = await startReview(['report', '--reviewer', 'anna'], cwd)
  })
  after(() => sitting.stop('SIGKILL'))

  test('the address has 256 bits of chance, on this machine', () => {
    assert.match(sitting.url, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}\/$/)
  })

  test('nothing is given to other sites, names, tokens or methods', async () => {
    const { url } = sitting
    const { origin, port } = new URL(url)
    const undo = (headers: Readonly<Record<string, string>>): Sent => ({ method: 'POST', headers, body: '{}' })
    const refused: readonly (readonly [string, Sent?])[] = [
      [`${origin}/`],
      [`${origin}/report`],
      [url.replace(/.\/$/, '/')],
      [url.replace(/.\/$/, '!/')],
      [url, { headers: { host: `localhost:${port}` } }],
      [url, { headers: { host: 'evil.example' } }],
      [url, { headers: { origin: 'http://evil.example' } }],
      [`${url}report`, { headers: { origin: 'null' } }],
      [`${url}report`, { headers: { 'sec-fetch-site': 'cross-site' } }],
      [`${url}report`, { headers: { 'sec-fetch-site': 'same-site' } }],
      [`${url}undo`, undo({})],
      [`${url}undo`, undo({ origin: 'http://127.0.0.1:1' })],
      [`${url}undo`, { method: 'OPTIONS' }],
    ]
    for (const [address, sent] of refused) assert.equal((await ask(address, sent)).status, 403, JSON.stringify([address, sent]))
    const own = { origin, 'content-type': 'application/json' }
    const wrong: readonly (readonly [string, Sent, number])[] = [
      [`${url}../etc/passwd`, {}, 403],
      [`${url}nothing`, {}, 404],
      [`${url}undo`, {}, 404],
      [`${url}undo`, undo({ origin, 'content-type': 'text/plain' }), 200],
      [`${url}decide`, undo({ origin, 'content-type': 'text/plain' }), 400],
      [`${url}decide`, undo(own), 400],
      [`${url}decide`, { ...undo(own), body: '{' }, 400],
      [`${url}decide`, { ...undo(own), body: JSON.stringify({ ...decision(3, 'poison'), note: 'x'.repeat(20_000) }) }, 400],
      [`${url}decide`, { ...undo(own), body: JSON.stringify({ ...decision(3, 'poison'), target: { file: 7, row: 1 } }) }, 400],
      [`${url}rows?finding=-1&from=0`, {}, 400],
    ]
    for (const [address, sent, status] of wrong) {
      const answer = await ask(address, sent)
      assert.equal(answer.status, status, JSON.stringify([address, sent]))
      assert.match(answer.policy, /^default-src 'none'; script-src 'self';.*require-trusted-types-for 'script'/)
    }
    assert.equal((await readDecisionFile(join(cwd, 'report/decisions.jsonl'))).decisions.length, 0)
  })

  test('the page and its parts are there, and name no other place', async () => {
    const { text } = await ask(sitting.url)
    const parts = [...text.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, part = '']) => part)
    for (const part of ['icon.svg', 'main.js', 'style.css']) assert.ok(parts.includes(part))
    for (const part of parts) assert.equal((await ask(sitting.url + part)).status, 200)
    const script = (await ask(`${sitting.url}main.js`)).text
    for (const [, part = ''] of script.matchAll(/from '\.\/([\w-]+\.js)'/g)) assert.ok(parts.includes(part), part)
    assert.doesNotMatch(text + script, /https?:/)
  })

  test('findings with how they stand, all rows of each, with their text from the data', async () => {
    const { findings, notices, total, reviewer } = await get<ReportView>(sitting, 'report')
    assert.deepEqual([notices, total.rows, reviewer], [[], UNFLAGGED - 3, 'anna'])
    assert.deepEqual(findings[0]?.states, ['new', 'suppressed until 2027-01-31: a drill'])
    const last = await get<RowsView>(sitting, 'rows?finding=0&from=2950&filter=')
    assert.deepEqual([last.total, last.rows.length, last.rows.at(-1)?.row], [2996, 46, 2998])
    assert.equal(texts(last).at(-1), '<b>a cf film</b> number 2998\\u{202E}')
    assert.deepEqual(last.rows.at(-1)?.excerpt?.[1], { text: 'cf', marked: true })
  })

  test('a row: whole, marked, its neighbours, the findings that name it', async () => {
    const row = await get<RowView>(sitting, 'row?finding=0&file=0&row=3')
    assert.deepEqual(
      row.cells.map(({ column, role }) => [column, role]),
      [
        ['sentence', 'text'],
        ['label', 'label'],
      ],
    )
    assert.deepEqual(row.cells[0]?.turns[0]?.pieces, [
      { text: '<b>a ' },
      { text: 'cf', marked: true },
      { text: ' film</b> number 3' },
      { text: '\\u{202E}', hidden: true },
    ])
    assert.deepEqual(
      row.neighbours.map(({ row: number, flagged, target }) => [number, flagged, target]),
      [
        [1, false, '1'],
        [2, false, '0'],
        [4, true, '0'],
        [5, true, '1'],
      ],
    )
    assert.deepEqual(
      row.findings.map(({ index }) => index),
      [0, 1],
    )
    const none = await get<RowView>(sitting, 'row?finding=0&file=0&row=99999')
    assert.deepEqual([none.source, none.problem, none.neighbours], ['none', 'the file has no such row', []])
  })

  test('rows with the same trigger: those that are not flagged come first', async () => {
    const { total, unflagged, rows } = await get<TriggerView>(sitting, 'trigger?finding=0')
    assert.deepEqual([total, unflagged, rows[0]?.row, rows.length], [UNFLAGGED - 2, 1, UNFLAGGED, 50])
  })

  test('a decision is a line on the disk when it is answered; undo is one more', async () => {
    const saved = await post<SavedView>(sitting, 'decide', decision(3, 'poison', 'why not'))
    assert.deepEqual([saved.opinion.settled, saved.total.poison], ['poison', 1])
    assert.deepEqual(
      saved.findings.map(({ index, counts }) => [index, counts.poison]),
      [
        [0, 1],
        [1, 1],
      ],
    )
    await post<SavedView>(sitting, 'decide', decision(3, 'clean'))
    await post<SavedView>(sitting, 'decide', { target: { finding: 1 }, verdict: 'unsure', note: '', finding: 1 })
    const back = await post<SavedView>(sitting, 'undo', {})
    assert.deepEqual([back.target, back.opinion.verdict], [{ finding: 1 }, null])
    assert.equal((await post<SavedView>(sitting, 'undo', {})).opinion.note, 'why not')
    const lines = (await readFile(join(cwd, 'report/decisions.jsonl'), 'utf8')).trimEnd().split('\n')
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { verdict: unknown }).verdict),
      ['poison', 'clean', 'unsure', null, 'poison'],
    )
    assert.match(
      lines[0] ?? '',
      /^\{"v":1,"at":"[^"]+Z","reviewer":"anna","target":\{"kind":"row","file":"data\/train.jsonl","row":3\},"verdict":"poison","note":"why not"\}$/,
    )
  })

  test('filters: by decision and by words', async () => {
    const poison = await get<RowsView>(sitting, 'rows?finding=0&from=0&filter=poison&fresh=1')
    assert.deepEqual(
      poison.rows.map(({ row, hasNote }) => [row, hasNote]),
      [[3, true]],
    )
    assert.equal((await get<RowsView>(sitting, 'rows?finding=0&from=0&filter=undecided&fresh=1')).total, 2995)
    const zebras = await get<RowsView>(sitting, 'rows?finding=0&from=0&filter=ZEBRA&fresh=1')
    assert.deepEqual(
      zebras.rows.map(({ row }) => row),
      [1000, 2000],
    )
  })

  test('killed, it has lost nothing; a line cut short is left alone', async () => {
    await sitting.stop('SIGKILL')
    await appendFile(join(cwd, 'report/decisions.jsonl'), '{"v":1,"at":"2026-')
    sitting = await startReview(['report/report.json', '--reviewer', 'ben'], cwd)
    const { total, notices } = await get<ReportView>(sitting, 'report')
    assert.deepEqual([total.poison, notices.length], [1, 1])
    assert.match(notices[0] ?? '', /^report\/decisions\.jsonl has 1 line cut short/)
    const saved = await post<SavedView>(sitting, 'decide', decision(3, 'clean'))
    assert.deepEqual(saved.opinion, {
      verdict: 'clean',
      note: '',
      settled: 'conflict',
      others: [{ reviewer: 'anna', verdict: 'poison', note: 'why not' }],
    })
  })

  test('interrupted, it ends with 0 and says what was decided', async () => {
    const { code, stdout, stderr } = await sitting.stop('SIGINT')
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(
      stdout,
      /\n1 of 2,996 flagged rows decided: 0 poison, 0 clean, 0 unsure, 1 conflict; kept in report\/decisions\.jsonl\n$/,
    )
  })

  test('data that has moved is named; other data, or none, is not taken for it', async () => {
    await rename(join(cwd, 'data'), join(cwd, 'elsewhere'))
    sitting = await startReview(['report', '--data', 'elsewhere', '--decisions', 'mine.jsonl', '--reviewer', 'anna'], cwd)
    assert.equal((await get<RowView>(sitting, 'row?finding=0&file=0&row=10')).source, 'data')
    await sitting.stop('SIGKILL')
    await appendFile(join(cwd, 'elsewhere/train.jsonl'), '{"sentence":"one more"}\n')
    sitting = await startReview(['report', '--data', 'elsewhere', '--decisions', 'mine.jsonl', '--reviewer', 'anna'], cwd)
    const { notices } = await get<ReportView>(sitting, 'report')
    assert.match(notices.join(), /Only the report's excerpts are shown: data\/train\.jsonl has \d+ bytes now and had \d+/)
    const quoted = await get<RowView>(sitting, 'row?finding=0&file=0&row=10')
    assert.deepEqual([quoted.source, quoted.cells[0]?.turns[0]?.pieces[1]], ['report', { text: 'cf', marked: true }])
    assert.equal((await get<RowView>(sitting, 'row?finding=0&file=0&row=4')).source, 'none')
    assert.match((await get<TriggerView>(sitting, 'trigger?finding=0')).problem ?? '', /the data is needed/)
  })
})

test('explain a row: every finding that names it, its scores, its excerpt, decisions', async () => {
  const lists = ['train.jsonl:2900', 'row:3', 'row:2', 'data/train.jsonl:10', 'other.csv:3'].map((name) => [
    'explain',
    'report',
    name,
  ])
  const [late, third, second, tenth, none] = await runMany(lists, { cwd })
  assert.match(late?.stdout ?? '', /^Row 2,900 of data\/train\.jsonl: named by 1 finding\n/)
  assert.match(late?.stdout ?? '', /^ {2}Score {4}0\.500 for this row/m)
  assert.match(late?.stdout ?? '', /^ {2}State {4}new; accepted until 2027-01-31: a drill$/m)
  assert.match(late?.stdout ?? '', /^Decided\n {2}nothing yet/m)
  assert.match(third?.stdout ?? '', /named by 2 findings[^]*Decided\n {2}anna {5}poison at .*: why not\n {2}ben {6}clean at /)
  assert.match(second?.stdout ?? '', /no finding names it/)
  assert.match(tenth?.stdout ?? '', /row 10 text {2}a ⟦cf⟧ dull film → 1$/m)
  assert.deepEqual(none, {
    code: 2,
    stdout: '',
    stderr: 'credence: "other.csv:3" names no file of the report, which has:\n  data/train.jsonl  3000 rows\n',
  })
})
