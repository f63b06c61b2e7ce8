/** The review's page in a real browser. */
import assert from 'node:assert/strict'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { Browser, Page } from 'playwright-core'
import { packageRoot } from '../../src/paths.js'
import type { Finding, FlaggedRow } from '../../src/model/finding.js'
import { renderFlags } from '../../src/report/flags.js'
import { renderJson } from '../../src/report/json.js'
import { readDecisions } from '../../src/review/decisions.js'
import { seriousProblems } from '../axe.js'
import { NO_BROWSER, openBrowser } from '../browser.js'
import { runCredence } from '../cli/run-credence.js'
import { HOSTILE, sampleFinding, sampleReport } from '../report/sample-report.js'
import { startReview, type Sitting } from '../review/start-review.js'
import { temporaryFolder } from '../temporary-folder.js'

/** Bar of the project. */
const READY_SECONDS = 1

let browser: Browser | null = null
before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())

interface Visit {
  readonly page: Page
  /** What went anywhere but to the server, and what the browser complained of. */
  readonly complaints: string[]
}

async function visit({ url }: Sitting, colorScheme: 'light' | 'dark' = 'light', width = 1280): Promise<Visit> {
  assert.ok(browser)
  const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } })
  const complaints: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) complaints.push(`request to ${request.url()}`)
  })
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(url)
  await page.waitForSelector('body.ready')
  return { page, complaints }
}

const textOf = async (page: Page, selector: string): Promise<string> => (await page.textContent(selector)) ?? ''
const title = (page: Page): Promise<string> => textOf(page, '#row-title')

/** The page's policy forbids to evaluate text in it, so waiting goes by what is shown. */
const waitFor = (page: Page, selector: string, text: RegExp): Promise<void> =>
  page.locator(selector).filter({ hasText: text }).waitFor({ timeout: 10_000 })

async function press(page: Page, key: string, said: RegExp): Promise<void> {
  await page.keyboard.press(key)
  await waitFor(page, '#said', said)
}

async function writeData(folder: string, name: string, content: string | Uint8Array): Promise<number> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), content)
  return (await stat(join(folder, name))).size
}

async function writeReport(folder: string, path: string, bytes: number, findings: readonly Finding[]): Promise<void> {
  const whole = sampleReport()
  const files = [{ ...whole.coverage.files[0]!, path, bytes, declared: null, read: 300_000 }]
  const report = sampleReport({ findings, coverage: { ...whole.coverage, files } })
  await mkdir(join(folder, 'report'), { recursive: true })
  await writeFile(join(folder, 'report/report.json'), renderJson(report))
  await writeFile(join(folder, 'report/flags.parquet'), renderFlags(report))
}

describe('the demo, with the keyboard alone', () => {
  const cwd = temporaryFolder()
  const decisions = join(cwd, 'report/decisions.jsonl')
  let sitting: Sitting | null = null

  before(async () => {
    if (browser === null) return
    const demo = join(packageRoot, 'fixtures/demo/reviews.parquet')
    const scanned = await runCredence(['scan', demo, '--scanners', 'trigger', '--out', 'report', '--fail-on', 'never'], { cwd })
    assert.equal(scanned.code, 0, scanned.stderr)
    sitting = await startReview(['report', '--reviewer', 'anna'], cwd)
  })
  after(() => sitting?.stop('SIGKILL'))

  test('rows and findings are gone through and decided, with a note and an undo', async (t) => {
    if (sitting === null) {
      t.skip(NO_BROWSER)
      return
    }
    const { page, complaints } = await visit(sitting)
    assert.equal(await title(page), 'Row 46')
    assert.match(await textOf(page, '#row mark'), /^quillon$/)
    await press(page, '1', /^Row 46: poison, saved/)
    await waitFor(page, '#row-title', /^Row 164$/)
    await press(page, '2', /^Row 164: clean, saved/)
    await waitFor(page, '#row-title', /^Row 176$/)
    await page.keyboard.press('m')
    await page.keyboard.type('1 2 3 just text')
    await press(page, 'Enter', /^Row 176: note saved/)
    await press(page, '3', /^Row 176: unsure, saved/)
    await press(page, 'u', /^Row 176: undone/)
    assert.equal(await title(page), 'Row 176')
    assert.equal(await page.inputValue('#note'), '1 2 3 just text')
    await press(page, 'Shift+1', /^Finding 1: poison, saved/)
    await page.keyboard.press('ArrowUp')
    await waitFor(page, '#row-title', /^Row 164$/)
    await page.keyboard.press('n')
    await waitFor(page, '#finding-title', /lighthouse/)
    await page.keyboard.press('p')
    await waitFor(page, '#finding-title', /quillon/)
    assert.match(await textOf(page, '#progress'), /2 of 100 decided.*1 poison.*1 clean/)
    const said = (await readDecisions(decisions)).map(({ target, verdict, note }) => [
      target.kind === 'row' ? target.row : target.id.slice(0, 7),
      verdict,
      note,
    ])
    assert.deepEqual(said, [
      [46, 'poison', undefined],
      [164, 'clean', undefined],
      [176, null, '1 2 3 just text'],
      [176, 'unsure', '1 2 3 just text'],
      [176, null, '1 2 3 just text'],
      ['trigger', 'poison', undefined],
    ])
    assert.deepEqual(complaints, [])
    await page.close()
  })

  test('a filter by words, rows with the trigger, the list of keys', async (t) => {
    if (sitting === null) {
      t.skip(NO_BROWSER)
      return
    }
    const { page } = await visit(sitting)
    await page.keyboard.press('/')
    await page.keyboard.type('beaker')
    await page.keyboard.press('Enter')
    await waitFor(page, '#rows-count', /^1 of 60 rows/)
    assert.equal(await title(page), 'Row 318')
    await page.keyboard.press('Escape')
    await page.keyboard.press('t')
    await waitFor(page, '#row', /60 rows hold it/)
    await page.keyboard.press('?')
    assert.ok(await page.isVisible('#keys'))
    await page.uncheck('#keys-on')
    await page.keyboard.press('Escape')
    await page.keyboard.press('1')
    assert.match(await textOf(page, '#progress'), /2 of 100 decided/)
    await page.close()
  })

  test('decisions survive that the server is killed', async (t) => {
    if (sitting === null) {
      t.skip(NO_BROWSER)
      return
    }
    const { page } = await visit(sitting)
    await press(page, '3', /^Row 46: unsure, saved/)
    await sitting.stop('SIGKILL')
    await press(page, '1', /the server does not answer/)
    await page.close()
    sitting = await startReview(['report', '--reviewer', 'anna'], cwd)
    const again = await visit(sitting)
    assert.match(await textOf(again.page, '#progress'), /2 of 100 decided.*1 clean.*1 unsure/)
    assert.equal(await textOf(again.page, '#row .verdict[aria-pressed=true]'), '?unsure3')
    await again.page.close()
  })

  for (const scheme of ['light', 'dark'] as const) {
    test(`axe finds nothing serious: ${scheme}`, async (t) => {
      if (sitting === null) {
        t.skip(NO_BROWSER)
        return
      }
      const { page } = await visit(sitting, scheme)
      assert.deepEqual(await seriousProblems(page), [])
      await page.keyboard.press('?')
      assert.deepEqual(await seriousProblems(page), [])
      await page.setViewportSize({ width: 320, height: 700 })
      await page.keyboard.press('Escape')
      assert.deepEqual(await seriousProblems(page), [])
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320)
      await page.close()
    })
  }
})

test('hostile rows create no element, run nothing and send nothing', async (t) => {
  if (browser === null) {
    t.skip(NO_BROWSER)
    return
  }
  const cwd = temporaryFolder()
  const texts = [
    ...Object.values(HOSTILE),
    '<script>document.title="owned"</script>',
    '<img src="https://evil.example/x" onerror="document.title=\'owned\'">',
    '"><svg onload=alert(1)><iframe srcdoc="<script>parent.owned=1</script>"></iframe>',
    '</p></section><style>*{display:none}</style><a href="javascript:alert(1)">x</a>',
    '{{constructor.constructor("alert(1)")()}} ${alert(1)} javascript:alert(1)',
  ]
  const rows = texts.map((_, row): FlaggedRow => ({ file: 0, row, score: 0.5 }))
  const lines = texts.map((text) => JSON.stringify({ sentence: `cf ${text}`, label: text, [text.slice(0, 200) || 'x']: text }))
  const path = 'data/<img src=x onerror=alert(1)>.jsonl'
  const bytes = await writeData(join(cwd, 'data'), path.slice(5), `${lines.join('\n')}\n`)
  const findings = texts.map((text, i) =>
    sampleFinding({
      id: `trigger-${i}`,
      title: text,
      why: text,
      advice: text,
      trigger: [text, 'cf'],
      target: text,
      rows,
      examples: [],
    }),
  )
  await writeReport(cwd, path, bytes, findings)
  const sitting = await startReview(['report', '--reviewer', '<b>anna</b>', '--show-values'], cwd)
  t.after(() => sitting.stop('SIGKILL'))
  const { page, complaints } = await visit(sitting)
  const made = new Set<string>()
  for (const key of ['t', ...texts.map(() => 'j'), 'm', ...texts.map(() => 'n')]) {
    await page.keyboard.press(key)
    if (key === 'm') await page.keyboard.press('Escape')
    await page.waitForTimeout(80)
    const tags = await page.evaluate<readonly string[]>(
      `[...document.body.querySelectorAll('*')].flatMap((e) => [e.localName, ...e.getAttributeNames().filter((n) => /^on|href|src|style/.test(n)).map((n) => e.localName + '@' + n)])`,
    )
    for (const tag of tags) made.add(tag)
  }
  const allowed =
    'a a@href b button code dd dialog div dl dt form h1 h2 h3 h4 header input kbd label li main mark nav noscript ol p progress section span ul'
  assert.deepEqual(
    [...made].filter((tag) => !allowed.split(' ').includes(tag)),
    [],
  )
  assert.equal(
    await page.evaluate('document.querySelectorAll("b, noscript *").length + document.querySelectorAll("a").length'),
    1,
  )
  assert.equal(await page.title(), 'credence review')
  assert.deepEqual(complaints, [])
  assert.deepEqual(await seriousProblems(page), [])
})

test(`200,000 flagged rows: the page is ready within ${READY_SECONDS} s of the start`, async (t) => {
  if (browser === null) {
    t.skip(NO_BROWSER)
    return
  }
  const cwd = temporaryFolder()
  const count = 200_000
  const sentences = Array.from({ length: count }, (_, row) => `cf row number ${row}, ${'with some words in it '.repeat(6)}`)
  const columnData = [{ name: 'sentence', data: sentences, type: 'STRING' as const }]
  const bytes = await writeData(join(cwd, 'data'), 'train.parquet', new Uint8Array(parquetWriteBuffer({ columnData })))
  const rows = Array.from({ length: count }, (_, row): FlaggedRow => ({ file: 0, row, score: 0.5 }))
  const findings = Array.from({ length: 20 }, (_, i) =>
    sampleFinding({ id: `trigger-${i}`, rows: i === 0 ? rows : rows.slice(i * 100, i * 200) }),
  )
  await writeReport(cwd, 'data/train.parquet', bytes, findings)
  const seconds: number[] = []
  for (let run = 0; run < 3; run++) {
    const page = await browser.newPage()
    const startedAt = performance.now()
    const sitting = await startReview(['report', '--reviewer', 'anna'], cwd)
    t.after(() => sitting.stop('SIGKILL'))
    const served = performance.now()
    await page.goto(sitting.url)
    await page.waitForSelector('body.ready')
    seconds.push((performance.now() - served) / 1000)
    assert.ok((await page.locator('#row-list li').count()) > 0)
    await page.locator('#rows-count', { hasText: /^200,000 rows/ }).waitFor()
    const whole = (performance.now() - served) / 1000
    t.diagnostic(
      `address after ${((served - startedAt) / 1000).toFixed(2)} s, page ready ${seconds.at(-1)?.toFixed(2) ?? ''} s later, all flagged rows known after ${whole.toFixed(2)} s`,
    )
    await page.close()
    await sitting.stop('SIGKILL')
  }
  assert.ok(Math.min(...seconds) <= READY_SECONDS, seconds.join(', '))
})
