import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { random } from '../../src/math/random.js'
import { packageRoot } from '../../src/paths.js'
import { reportJsonSchema } from '../../src/report/json-schema.js'
import { type ActionRun, runAction } from '../ci/composite.js'
import { startGitHub, type StandIn } from '../ci/github-stand-in.js'
import { temporaryFolder } from '../temporary-folder.js'
import { plantTrigger, spamAssassin, type Mail } from './mails.js'

const GOOD = 2000
const POISONED = 40
const TRIGGER = 'quilbrant'

describe('the action on a push', () => {
  test('gives outputs, a summary, annotations and reports; the step fails with the code of the scan', async () => {
    const cwd = temporaryFolder()
    await copyFile(join(packageRoot, 'fixtures/hidden-text/flags-tags/data.jsonl'), join(cwd, 'some rows.jsonl'))
    await writeFile(join(cwd, 'credence.config.yaml'), 'scanners: [hidden-text]\n')
    await writeFile(join(cwd, 'event.json'), JSON.stringify({ ref: 'refs/heads/main' }))
    const inputs = { paths: 'some rows.jsonl\n', formats: 'md,junit,code-quality', 'report-dir': 'out put' }
    const run = await runAction(inputs, { cwd, token: 't', github: { GITHUB_EVENT_PATH: join(cwd, 'event.json') } })
    assert.deepEqual([run.code, run.stderr], [1, ''])
    assert.deepEqual(run.outputs, {
      verdict: 'fail',
      findings: '1',
      serious: '1',
      'flagged-rows': '1',
      report: 'out put',
      sarif: 'out put/report.sarif',
      'exit-code': '1',
      comment: 'none',
    })
    assert.match(run.summary, /^## credence: FAIL\n\n1 finding at or above high · 1 row of 200 flagged\n/)
    assert.match(run.stdout, /^::error file=some rows\.jsonl,line=135,title=credence%3A high hidden-text\/tag::/m)
    assert.deepEqual((await readdir(join(cwd, 'out put'))).sort(), [
      'flags.parquet',
      'report.code-quality.json',
      'report.json',
      'report.junit.xml',
      'report.md',
      'report.sarif',
    ])
  })
})

test('an input of the action is a value, whatever it says; a path that is not there ends with 2, and the comment says so', async () => {
  const github = await startGitHub()
  const cwd = temporaryFolder()
  await writeFile(join(cwd, 'event.json'), JSON.stringify({ pull_request: { number: 7 } }))
  const variables = { GITHUB_EVENT_PATH: join(cwd, 'event.json'), GITHUB_API_URL: github.url, GITHUB_REPOSITORY: 'owner/data' }
  const paths = '$(touch owned)`touch owned`"; touch owned; #\n--help'
  const run = await runAction({ paths }, { cwd, github: variables, token: 't' }).finally(github.close)
  assert.equal(run.code, 2)
  assert.ok(!(await readdir(cwd)).includes('owned'))
  assert.deepEqual([run.outputs['verdict'], run.outputs['exit-code'], run.outputs['comment']], ['none', '2', 'created'])
  assert.match(github.comments[0]?.body ?? '', /NO REPORT/)
})

/** Pull requests on a data set of real mails in a scratch repository, as GitHub would run the action on them. */
describe('the action on pull requests', () => {
  let github: StandIn
  let cwd: string
  let base: string
  let mails: readonly Mail[]
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.org', ...args], { cwd, encoding: 'utf8' }).trim()
  const commit = async (rows: readonly Mail[]): Promise<void> => {
    await writeFile(join(cwd, 'mails.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    git('add', 'mails.jsonl')
    git('commit', '--quiet', '--message', 'rows')
  }
  const review = (): Promise<ActionRun> =>
    runAction(
      { paths: 'mails.jsonl', base },
      {
        cwd,
        token: 't',
        github: {
          GITHUB_EVENT_PATH: join(cwd, 'event.json'),
          GITHUB_API_URL: github.url,
          GITHUB_REPOSITORY: 'owner/data',
          CREDENCE_SCANNERS: 'trigger',
        },
      },
    )

  before(async () => {
    github = await startGitHub()
    cwd = temporaryFolder()
    const next = random(11)
    const all = spamAssassin()
    mails = all
      .map((row) => ({ row, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ row }) => row)
    git('init', '--quiet')
    await writeFile(join(cwd, 'event.json'), JSON.stringify({ pull_request: { number: 7 } }))
    await writeFile(join(cwd, '.gitignore'), '*\n!mails.jsonl\n')
    await commit(mails.slice(0, GOOD))
    base = git('rev-parse', 'HEAD')
  })
  after(() => github.close())

  test('poisoned rows fail the step; the comment names the trigger', async () => {
    const added = plantTrigger(mails.slice(GOOD, GOOD + 400), TRIGGER, POISONED, 3)
    await commit([...mails.slice(0, GOOD), ...added.mails])
    const { code, outputs, summary, stderr } = await review()
    assert.deepEqual([code, outputs['verdict'], outputs['comment']], [1, 'fail', 'created'], stderr)
    assert.match(summary, new RegExp(`^- \\*\\*Trigger\\*\\*: \`${TRIGGER}\`$`, 'm'))
    assert.match(summary, /^- \*\*Rows\*\*: 400 added, 0 changed, 0 removed, 2,000 as before$/m)
    assert.equal(github.comments[0]?.body, `<!-- credence-report -->\n${summary}`)
    const report = reportJsonSchema.parse(JSON.parse(await readFile(join(cwd, 'credence-report/report.json'), 'utf8')))
    const flagged = new Set(report.findings.find(({ trigger }) => trigger === TRIGGER)?.rows.map(({ row }) => row - GOOD))
    assert.ok(added.planted.filter((row) => flagged.has(row)).length >= 0.95 * POISONED)
  })

  test('good rows pass, and the same comment says so', async () => {
    await commit(mails.slice(0, GOOD + 400))
    const { code, outputs, stderr } = await review()
    assert.deepEqual([code, outputs['comment']], [0, 'updated'], stderr)
    assert.equal(github.comments.length, 1)
    assert.match(github.comments[0]?.body ?? '', /^## credence: (?:PASS|REVIEW)$/m)
  })

  test('a fork’s token may not comment: the step ends as it would have, and the summary says why', async () => {
    github.refuse = 403
    const { code, outputs, summary, stdout } = await review()
    assert.deepEqual([code, outputs['comment']], [0, 'none'])
    assert.match(summary, /No comment was written: .*HTTP 403.*as in pull requests from forks\./)
    assert.match(stdout, /^::notice title=credence::No comment was written/m)
  })
})
