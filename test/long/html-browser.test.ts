import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { scanners } from '../../scanners/index.js'
import { random } from '../../src/math/random.js'
import type { Report } from '../../src/model/report.js'
import { packageRoot } from '../../src/paths.js'
import { renderHtml } from '../../src/report/html.js'
import { seriousProblems } from '../axe.js'
import { NO_BROWSER, openBrowser } from '../browser.js'
import { runCredence } from '../cli/run-credence.js'
import { HOSTILE, hostileReport } from '../report/sample-report.js'
import { temporaryFolder } from '../temporary-folder.js'

/** `report.html` of real scans in a real browser: the bars of the page (5 MB, 2 s, no request, axe). */

const ROWS = 200_000
const MOST_BYTES = 5e6
const MOST_MS = 2000
/** Out of a text, an attribute, a title, a style or a drawing. */
const BREAKOUT = `"'></title></style></svg><script>alert(1)</script><img src=x onerror=alert(2)>`
const PHONE = { width: 320, height: 640 }

/** Words at random under two labels, with copies, odd rows and one source that gives most of the copies. */
function largeCsv(): string {
  const next = random(5)
  const pick = (many: number): number => Math.floor(next() * many)
  const words = Array.from({ length: 900 }, (_, i) => `w${i.toString(36)}${'aeiou'[i % 5]!}n`)
  const sentence = (subject: number): string =>
    Array.from({ length: 8 + pick(12) }, () => words[next() < 0.5 ? pick(300) : 300 * (1 + subject) + pick(300)]).join(' ')
  const lines = ['text,label,source']
  const copies = Array.from({ length: 40 }, () => sentence(0))
  for (let i = 0; i < ROWS; i++) {
    const label = pick(2)
    const isCopy = i % 50 === 7
    lines.push(`${isCopy ? copies[pick(40)]! : sentence(label)},${label},${isCopy && next() < 0.8 ? 'feed' : `site${pick(6)}`}`)
  }
  return `${lines.join('\n')}\n`
}

interface Seen {
  readonly page: Page
  /** Addresses asked for, but for the page itself. */
  readonly requests: string[]
  /** What the page said or did that a page must not. */
  readonly events: string[]
}

async function open(browser: Browser, file: string, options: BrowserContextOptions = {}): Promise<Seen> {
  const page = await (await browser.newContext(options)).newPage()
  const address = pathToFileURL(file).href
  const requests: string[] = []
  const events: string[] = []
  page.on('request', (request) => {
    if (request.url() !== address) requests.push(request.url())
  })
  page.on('console', (message) => events.push(message.text()))
  page.on('dialog', (dialog) => {
    events.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => events.push(error.message))
  page.on('popup', () => events.push('popup'))
  await page.goto(address)
  return { page, requests, events }
}

const unfold = (page: Page): Promise<unknown> =>
  page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")

/** Names and attributes of all elements but for drawings' numbers: what a text of the data must not add to. */
const elements = (page: Page): Promise<string[]> =>
  page.evaluate(`[...new Set([...document.querySelectorAll('*')].map((element) =>
    [element.localName, ...element.getAttributeNames()].join(' ')))].sort()`)

describe('report.html in Chromium', { concurrency: 1 }, () => {
  const folder = temporaryFolder()
  const demo = join(folder, 'demo/report.html')
  const large = join(folder, 'large/report.html')
  let browser: Browser | null = null

  before(async () => {
    browser = await openBrowser()
    if (browser === null) return
    const reviews = join(packageRoot, 'fixtures/demo/reviews.parquet')
    const scan = (path: string, out: string, ...more: string[]) =>
      runCredence(['scan', path, '--out', out, '--format', 'html,json', '--quiet', '--cache', 'off', ...more], { cwd: folder })
    const { code, stderr } = await scan(reviews, 'demo')
    assert.deepEqual([code, stderr], [1, ''])
    writeFileSync(join(folder, 'large.csv'), largeCsv())
    const many = await scan('large.csv', 'large', '--scanners', 'outlier,duplicate')
    assert.ok(many.code === 0 || many.code === 1, many.stderr)
  })

  after(() => browser?.close())

  const inBrowser = (name: string, run: (chromium: Browser) => Promise<void>): void => {
    test(name, async (t) => {
      if (browser === null) t.skip(NO_BROWSER)
      else await run(browser)
    })
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    inBrowser(
      `${colorScheme}: axe finds nothing serious, folded or unfolded, and no request leaves the page`,
      async (chromium) => {
        // axe is a script, which the page's policy would refuse.
        const { page, requests, events } = await open(chromium, demo, { colorScheme, bypassCSP: true })
        assert.deepEqual(await seriousProblems(page), [])
        await unfold(page)
        assert.deepEqual(await seriousProblems(page), [])
        assert.deepEqual([requests, events], [[], []])
      },
    )
  }

  inBrowser('on a phone nothing is wider than the screen, folded or unfolded', async (chromium) => {
    const { page } = await open(chromium, demo, { viewport: PHONE })
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), PHONE.width)
    await unfold(page)
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), PHONE.width)
  })

  inBrowser('printed, what is folded on the screen is shown', async (chromium) => {
    const { page } = await open(chromium, demo)
    const height = 'document.querySelector("details table").getBoundingClientRect().height'
    assert.equal(
      await page.evaluate('document.querySelector("details table").checkVisibility({ contentVisibilityAuto: true })'),
      false,
    )
    await page.emulateMedia({ media: 'print' })
    assert.ok(Number(await page.evaluate(height)) > 50)
    assert.equal(await page.evaluate('getComputedStyle(document.body).backgroundColor'), 'rgb(255, 255, 255)')
  })

  inBrowser(
    'hostile rows create no element, run nothing and ask for nothing, though the policy were not there',
    async (chromium) => {
      const write = (name: string, report: Report): string => {
        const file = join(folder, `${name}.html`)
        writeFileSync(file, renderHtml(report, { failOn: 'high', scanners }))
        return file
      }
      const known = new Set<string>()
      for (const text of ['plain', 'plain words, but more of them', '']) {
        for (const element of await elements((await open(chromium, write('plain', hostileReport(text)))).page)) known.add(element)
      }
      const live = Object.values(HOSTILE).map((text) => hostileReport(`${text}${BREAKOUT}`))
      const [first] = live
      assert.ok(first)
      const all = {
        ...first,
        roles: live.flatMap(({ roles }) => roles),
        findings: live.flatMap(({ findings }) => findings),
        coverage: {
          ...first.coverage,
          files: live.flatMap(({ coverage }) => coverage.files),
          scanners: live.flatMap(({ coverage }) => coverage.scanners),
        },
      }
      const { page, requests, events } = await open(chromium, write('live', all), { bypassCSP: true })
      assert.equal(await page.locator('article').count(), all.findings.length)
      assert.deepEqual(
        (await elements(page)).filter((element) => !known.has(element)),
        [],
      )
      assert.deepEqual([requests, events], [[], []])
    },
  )

  inBrowser('the policy is obeyed: a script, a style and a picture put into the page do nothing', async (chromium) => {
    let asked = 0
    const server = createServer((_, response) => {
      asked++
      response.end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const file = join(folder, 'broken.html')
    const live = `<p id="x" style="color:red">x</p><script>document.title = 'run'</script><img src="http://127.0.0.1:${port}/pixel.png">`
    writeFileSync(file, readFileSync(demo, 'utf8').replace('<footer>', `${live}<footer>`))
    const { page } = await open(chromium, file)
    assert.notEqual(await page.title(), 'run')
    assert.notEqual(await page.evaluate('getComputedStyle(document.getElementById("x")).color'), 'rgb(255, 0, 0)')
    assert.equal(asked, 0)
    server.close()
  })

  inBrowser(`${ROWS} rows, many of them flagged: at most 5 MB, open in 2 s`, async (chromium) => {
    const { size } = statSync(large)
    assert.ok(size <= MOST_BYTES, `${size} bytes`)
    const times: number[] = []
    for (let i = 0; i < 3; i++) {
      const page = await chromium.newPage()
      const from = performance.now()
      await page.goto(pathToFileURL(large).href)
      // Two frames later it has been painted.
      await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
      times.push(performance.now() - from)
      assert.match(String(await page.textContent('.figures')), /200,000/)
      await page.close()
    }
    assert.ok(Math.min(...times) <= MOST_MS, `${times.map(Math.round).join(', ')} ms`)
  })
})
