import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { scanners } from '../../scanners/index.js'
import type { Pictures } from '../../src/model/pictures.js'
import type { Report } from '../../src/model/report.js'
import { renderHtml } from '../../src/report/html.js'
import { html, name, path, quoted } from '../../src/report/html-text.js'
import { assertQuiet } from './quiet.js'
import { HOSTILE, hostileReport, sampleFinding, sampleReport, sampleRows } from './sample-report.js'

const options = { failOn: 'high', scanners } as const
/** Without the blanks around tags, of which the formatter makes some. */
const rendered = (report: Report): string => renderHtml(report, options).replace(/ ?(<[^>]*>) ?/g, '$1')

/** Pictures with `text` wherever the data reaches them. */
function pictures(text: string): Pictures {
  const bins = Array.from({ length: 48 }, (_, i) => i)
  return {
    map: {
      variance: [0.2, 0.1],
      rows: [[1, 2]],
      of: 5,
      flagged: [{ finding: 'trigger-0123456789ab', points: [[3, 4]], rows: 4 }],
    },
    classes: { from: -3, to: 3, classes: [{ label: text, rows: 9, flagged: 2, bins, flaggedBins: bins }], others: 1, oneIn: 1 },
    words: { words: [{ rows: 20, share: 0.6 }], of: 1, leastRows: 5 },
    sources: {
      by: 'source',
      sources: [{ name: text, rows: 9, flagged: 2 }],
      others: { sources: 2, rows: 5, flagged: 0 },
      oneIn: 4,
    },
  }
}

/** A report with `text` in every field of this page. */
function hostilePage(text: string): Report {
  const report = hostileReport(text)
  return {
    ...report,
    findings: report.findings.map((finding, i) => ({
      ...finding,
      relatedTo: text,
      evidence: { ...finding.evidence, rowsWithTrigger: 4, rowsWithTriggerAndTarget: 4 },
      ...(i === 0 ? {} : { change: 'new' as const, suppression: { reason: text, expires: text } }),
    })),
    comparison: {
      with: 'data',
      base: text,
      rows: { base: 1, head: 2, unchanged: 1, moved: 0, added: 1, changed: 0, removed: 0 },
      resolved: [{ id: text, title: text, severity: 'low' }],
      shifts: [{ what: text, text, p: 0.001 }],
      alone: { rows: 1, scanners: [text] },
    },
    suppressions: [{ entry: text, reason: text, expires: text, state: 'expired', findings: 0 }],
    pictures: pictures(text),
  }
}

/** The tags of a page, with numbers out of them. */
function tags(page: string): Set<string> {
  return new Set(
    (page.replace(/<style>[^<]*<\/style>/, '').match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/-?\d+(\.\d+)?/g, '0')),
  )
}

/** Paths of drawings hold numbers and commands, as many as there are points. */
const withoutShapes = (tag: string): string => tag.replace(/ d="[MmLlHhVvZz0-9,. -]*"/, ' d=""')
const PLAIN = ['plain', 'plain words, but more of them', '']
const KNOWN = new Set(PLAIN.flatMap((text) => [...tags(rendered(hostilePage(text)))]).map(withoutShapes))

function assertDead(page: string): void {
  assertQuiet(page)
  for (const tag of tags(page))
    assert.ok(KNOWN.has(withoutShapes(tag)), `a tag that a plain text does not make: ${tag.slice(0, 200)}`)
}

describe('the tag html', () => {
  const text = '<b onclick="x">&\u202e\u0000\'</b>'

  test('escapes text and lists of it, and keeps its own markup', () => {
    assert.equal(
      String(html`<p>${text}${[html`<i>${1}</i>`, null, '<']}</p>`),
      String.raw`<p>&lt;b onclick=&quot;x&quot;&gt;&amp;\u{202E}\u{00}&#39;&lt;/b&gt;<i>1</i>&lt;</p>`,
    )
    assert.equal(String(quoted('')), '<i>(empty)</i>')
  })

  test('lets no text into a tag, quoted or not', () => {
    assert.throws(() => html`<p class="${text}"></p>`, TypeError)
    assert.throws(() => html`<p class="${'plain'}">${'x'}</p>`, TypeError)
    assert.throws(() => html`<a ${'href'}="x"></a>`, TypeError)
    assert.throws(() => html`<p ${html`<i></i>`}></p>`, TypeError)
    assert.throws(() => html`<p x="${NaN}"></p>`, TypeError)
    assert.throws(() => name('a b'), TypeError)
    assert.throws(() => name('a"'), TypeError)
    assert.throws(() => path('M0 0"><script>'), TypeError)
    assert.equal(String(html`<p class="${name('a-1')}" x="${2.5}">${'x'}</p>`), '<p class="a-1" x="2.5">x</p>')
  })
})

describe('report.html', () => {
  const evidence = { pattern: 'flipped', rowsWithTrigger: 4, rowsWithTriggerAndTarget: 4, baseRate: 0.5 }
  const page = rendered({ ...sampleReport({ findings: [sampleFinding({ evidence })] }), pictures: pictures('web') })

  test('says where flagged rows were counted in a part of the rows alone', () => {
    assert.equal(page.match(/Flagged rows are those among one row in 4\./g)?.length, 1)
  })

  test('allows its own style sheet and nothing else', () => {
    const [, css = ''] = /<style>([^<]*)<\/style>/.exec(page) ?? []
    const digest = createHash('sha256').update(css).digest('base64')
    const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`
    assert.ok(page.includes(`<meta http-equiv="Content-Security-Policy" content="${policy}">`))
    assert.doesNotMatch(page, /<script|<iframe|<img|<link|<form|\sstyle=|\son\w+=|\ssrc=|url\(|@import|href="(?!#)/i)
  })

  test('gives the verdict first, then each finding with why, its trigger marked, and what its evidence means', () => {
    const inOrder = [
      '<span class="fail">Fail</span>',
      '1 finding at or above high · 4 rows of 6,920 flagged',
      '<article class="finding high" id="finding-1"',
      '&quot;cf&quot; goes with label=1',
      '<dt>Trigger</dt><dd><mark><bdi>cf</bdi></mark></dd>',
      'a<mark><bdi>cf</bdi></mark>dull film',
      '10, 13, 16, 19',
      '<h2 id="pictures">',
      '<h2 id="coverage">',
      '6,920 read of 6,920 declared',
      '<h2 id="limits">',
      'poison in fewer than about 21 rows (n*)',
    ]
    let at = 0
    for (const part of inOrder) {
      const found = page.indexOf(part, at)
      assert.ok(found >= at, `${part} is not where it should be`)
      at = found
    }
  })

  test('says what an evidence is, and which side of it decides', () => {
    assert.ok(
      page.includes(
        'share of the other rows that have the target<br/><span class="quiet small">what chance is reckoned with</span>',
      ),
    )
    assert.ok(page.includes('<td class="number"><bdi>50 %</bdi></td>'))
  })

  test('every picture has a title, axes with titles, a text alternative and its numbers; one without data says why', () => {
    const figures = page.match(/<figure[^]*?<\/figure>/g) ?? []
    assert.equal(figures.length, 5)
    for (const figure of figures.filter((text) => !text.includes('class="absent"'))) {
      assert.match(figure, /<figcaption><h3>[^<]{5,}<\/h3><p>[^<]{20,}/)
      assert.match(
        figure,
        /role="img" aria-labelledby="(\w+)-t \1-d"[^>]*><title id="\1-t">[^<]+<\/title><desc id="\1-d">[^<]{40,}<\/desc>/,
      )
      assert.match(figure, /<text class="title middle"[^>]*>[^<]{5,}<\/text>/)
      assert.match(figure, /<summary>Numbers<\/summary><table>/)
    }
    const bare = rendered(sampleReport({ findings: [] }))
    assert.equal(bare.match(/class="absent"/g)?.length, 5)
    assert.ok(bare.includes('Not drawn: no finding names rows.'))
    assert.ok(bare.includes('There are none.'))
  })

  test('findings that do not count stand apart, with the reason and the change', () => {
    const known = sampleFinding({ id: 'trigger-1', change: 'unchanged' })
    const accepted = sampleFinding({
      id: 'trigger-2',
      change: 'new',
      suppression: { reason: 'a known joke', expires: '2027-01-31' },
    })
    const shown = rendered({ ...hostilePage('base.csv'), findings: [sampleFinding(), known, accepted] })
    assert.match(shown, /<summary>2 findings that do not count/)
    const [before = '', after = ''] = shown.split('<summary>2 findings that do not count')
    assert.ok(before.includes('id="finding-1"') && !before.includes('id="finding-2"'))
    assert.ok(after.includes('id="finding-2"') && after.includes('id="finding-3"'))
    assert.match(after, /known before[^]*<b>Accepted<\/b>until<bdi>2027-01-31<\/bdi>:<bdi>a known joke<\/bdi>/)
    assert.match(shown, /<dt>added<\/dt><dd>1<\/dd>/)
    assert.match(shown, /<h2 id="accepted">[^]*<b>expired<\/b>/)
  })

  test('is at most 5 MB whatever there is, and says what it leaves out', () => {
    const long = '&'.repeat(1000)
    const findings = Array.from({ length: 400 }, (_, i) =>
      sampleFinding({
        id: `trigger-${i}`,
        title: long,
        why: long,
        advice: long,
        evidence: Object.fromEntries(Array.from({ length: 200 }, (_, k) => [`key${k}`, long])),
        rows: i === 0 ? sampleRows(200_000) : sampleRows(1000),
      }),
    )
    const large = rendered(sampleReport({ findings }))
    assert.ok(Buffer.byteLength(large) <= 5e6, `${Buffer.byteLength(large)} bytes`)
    assert.match(large, /<b>[\d,]+ more findings<\/b>not shown here/)
    assert.match(large, /<p>199,900 more in<code>flags.parquet<\/code>/)
  })
})

describe('hostile text makes no tag that a plain one does not', () => {
  for (const [kind, text] of Object.entries(HOSTILE)) {
    test(kind, () => {
      assertDead(rendered(hostilePage(text)))
    })
  }

  test('property: nor does any composition of them', () => {
    const pieces = Object.values(HOSTILE).filter(({ length }) => length < 1000)
    const piece = fc.oneof(
      fc.constantFrom(...pieces),
      fc.constantFrom('"', "'", '<', '>', '&', '</svg>', '<!--', '\ud83d'),
      fc.string({ unit: 'binary', maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 10 }), (parts) => {
        assertDead(rendered(hostilePage(parts.join(''))))
      }),
      { numRuns: 30 },
    )
  })
})
