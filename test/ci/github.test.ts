import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { type Outcome, type Told, tellGitHub } from '../../src/ci/github.js'
import { CredenceError } from '../../src/errors.js'
import type { Report } from '../../src/model/report.js'
import { parseReport } from '../../src/report/explain-read.js'
import { renderJson } from '../../src/report/json.js'
import { sampleFinding, sampleReport, sampleRows } from '../report/sample-report.js'
import { temporaryFolder } from '../temporary-folder.js'
import { startGitHub, type StandIn } from './github-stand-in.js'

const MARKER = '<!-- credence-report -->'
const TOKEN = 'ghs_not-a-real-token'
const PULL_REQUEST = { action: 'synchronize', pull_request: { number: 7, head: { repo: { fork: true } } } }

describe('telling GitHub', () => {
  let github: StandIn
  before(async () => {
    github = await startGitHub()
  })
  after(() => github.close())
  beforeEach(() => {
    github.comments.length = 0
    github.requests.length = 0
    github.tokens.clear()
    github.refuse = null
  })

  type Variables = Record<string, string | undefined>
  interface Ended extends Told {
    readonly summary: string
    readonly outputs: string
  }

  async function tell(change: Partial<Outcome> = {}, variables: Variables = {}, event: object = PULL_REQUEST): Promise<Ended> {
    const folder = temporaryFolder()
    const [eventFile, summary, output] = ['event.json', 'summary.md', 'output'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    await writeFile(eventFile, JSON.stringify(event))
    const outcome: Outcome = {
      report: written(sampleReport()),
      exitCode: 1,
      failOn: 'high',
      name: '',
      folder: 'credence-report',
      sarif: 'credence-report/report.sarif',
      ...change,
    }
    const told = await tellGitHub(outcome, {
      GITHUB_EVENT_PATH: eventFile,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: output,
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: 'owner/data',
      GITHUB_TOKEN: TOKEN,
      ...variables,
    })
    const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')
    return { ...told, summary: await read(summary), outputs: await read(output) }
  }

  test('a comment is written once and then updated, with the token and nowhere else', async () => {
    assert.equal((await tell()).comment, 'created')
    assert.equal(
      (await tell({ report: written(sampleReport({ findings: [], verdict: 'pass' })), exitCode: 0 })).comment,
      'updated',
    )
    assert.deepEqual(github.requests, [
      'GET /repos/owner/data/issues/7/comments?per_page=100&page=1',
      'POST /repos/owner/data/issues/7/comments',
      'GET /repos/owner/data/issues/7/comments?per_page=100&page=1',
      'PATCH /repos/owner/data/issues/comments/1000',
    ])
    assert.deepEqual([...github.tokens], [`Bearer ${TOKEN}`])
    assert.equal(github.comments.length, 1)
    assert.match(
      github.comments[0]?.body ?? '',
      /^<!-- credence-report -->\n## credence: PASS\n\nno findings · 6,920 rows read\n/,
    )
  })

  test('outputs, summary and annotations say the same as the comment', async () => {
    const { outputs, summary, annotations } = await tell()
    assert.equal(
      outputs,
      'verdict=fail\nfindings=1\nserious=1\nflagged-rows=4\nreport=credence-report\nsarif=credence-report/report.sarif\nexit-code=1\ncomment=created\n',
    )
    assert.equal(github.comments[0]?.body, `${MARKER}\n${summary}`)
    assert.deepEqual(
      annotations.map(({ level, file, title }) => [level, file, title]),
      [['error', 'data/train.parquet', 'credence: high trigger/label']],
    )
  })

  test('scans with names have a comment each', async () => {
    await tell({ name: 'reviews' })
    await tell({ name: 'chats' })
    await tell({ name: 'reviews' })
    assert.deepEqual(
      github.comments.map(({ body }) => body.split('\n').slice(0, 2)),
      [
        ['<!-- credence-report: reviews -->', '## credence · reviews: FAIL'],
        ['<!-- credence-report: chats -->', '## credence · chats: FAIL'],
      ],
    )
  })

  test('is found behind a hundred others, and what a person wrote in our name is left alone', async () => {
    const other = (i: number): StandIn['comments'][0] => ({ id: i, body: `word ${i}`, user: { login: 'ann', type: 'User' } })
    github.comments.push(...Array.from({ length: 130 }, (_, i) => other(i)))
    github.comments.push({ id: 500, body: `${MARKER}\n## credence: PASS`, user: { login: 'mallory', type: 'User' } })
    assert.equal((await tell()).comment, 'created')
    assert.equal((await tell()).comment, 'updated')
    assert.equal(github.comments.length, 132)
    assert.equal(github.comments[130]?.body, `${MARKER}\n## credence: PASS`)
  })

  for (const [what, status, why] of [
    ['a read-only token', 403, /may not read and write comments here \(HTTP 403\), as in pull requests from forks/],
    ['a token that is not known', 401, /HTTP 401/],
    ['a fault of the service', 502, /GitHub answered HTTP 502/],
  ] as const) {
    test(`${what} is no reason to fail; summary and a notice say that there is no comment`, async () => {
      github.refuse = status
      const { comment, summary, annotations, outputs } = await tell()
      assert.equal(comment, 'none')
      assert.match(summary, /^## credence: FAIL\n/)
      assert.match(summary.split('\n').at(-2) ?? '', why)
      assert.match(annotations.at(-1)?.message ?? '', why)
      assert.match(outputs, /^comment=none$/m)
      assert.ok(!summary.includes(TOKEN))
    })
  }

  test('a service that is not there is no reason to fail either', async () => {
    const { comment, summary } = await tell({}, { GITHUB_API_URL: 'http://127.0.0.1:1' })
    assert.equal(comment, 'none')
    assert.match(summary, /No comment was written: GitHub could not be reached\./)
  })

  test('a push asks for nothing and gets summary, annotations and outputs', async () => {
    const { comment, summary, annotations } = await tell({}, {}, { ref: 'refs/heads/main' })
    assert.deepEqual([comment, annotations.length, github.requests], ['none', 1, []])
    assert.match(summary, /^## credence: FAIL\n/)
    assert.doesNotMatch(summary, /No comment/)
  })

  test('without a token nothing is asked', async () => {
    const { summary } = await tell({}, { GITHUB_TOKEN: '' })
    assert.match(summary, /No comment was written: there is no GITHUB\\_TOKEN\./)
    assert.deepEqual(github.requests, [])
  })

  test('a scan without a report is said to be one', async () => {
    const { summary, annotations, outputs } = await tell({ report: null, exitCode: 3, sarif: null })
    assert.match(summary, /^## credence: NO REPORT\n\nThe scan ended with exit code 3 and wrote no report/)
    assert.deepEqual([annotations.length, annotations[0]?.level], [1, 'error'])
    assert.match(outputs, /^verdict=none\n(?:.*\n)*exit-code=3$/m)
  })

  test('a comment never has more than 64,000 characters, and says what it leaves out', async () => {
    const findings = Array.from({ length: 300 }, (_, i) =>
      sampleFinding({ id: `trigger-${i}`, why: 'because '.repeat(60), rows: sampleRows(4) }),
    )
    const { summary } = await tell({ report: written(sampleReport({ findings })) })
    const body = github.comments[0]?.body ?? ''
    assert.ok(body.length <= 64_000, `${body.length} characters`)
    assert.match(body, /^\| high \| 300 \|\n\nCut short: \d+ findings of these not shown here\./m)
    const shown = body.match(/^### /gm)?.length ?? 0
    assert.ok(shown > 50 && shown < 300)
    assert.ok(body.includes(`Cut short: ${300 - shown} findings`), 'each finding is shown or counted as left out')
    assert.ok(summary.length > body.length && summary.length <= 250_000)
  })

  for (const [what, variables, event] of [
    ['an address where anybody could read the token', { GITHUB_API_URL: 'http://api.example' }, PULL_REQUEST],
    ['an address that only begins like this machine', { GITHUB_API_URL: 'http://127.0.0.1.example' }, PULL_REQUEST],
    ['a repository that would be another path', { GITHUB_REPOSITORY: 'owner/data/../..' }, PULL_REQUEST],
    ['an event that is none', {}, { pull_request: { number: '7' } }],
  ] as const) {
    test(`${what} is refused`, async () => {
      await assert.rejects(tell({}, variables, event), (error) => error instanceof CredenceError && error.code === 'usage')
      assert.deepEqual(github.requests, [])
    })
  }

  test('a folder with a line end sets no other output', async () => {
    await assert.rejects(tell({ folder: 'a\nexit-code=0' }), /cannot hold a line end/)
  })
})

function written(report: Report): Outcome['report'] {
  return parseReport(renderJson(report), 'report.json')
}
