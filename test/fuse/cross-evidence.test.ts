import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { scanners } from '../../scanners/index.js'
import { crossEvidence, type CrossContext } from '../../src/fuse/cross-evidence.js'
import { fused } from '../../src/fuse/fuse.js'
import type { Exactness, Signal } from '../../src/model/cross-evidence.js'
import { SEVERITIES, type Category, type Finding, type Severity } from '../../src/model/finding.js'

const CONTEXT: CrossContext = { rows: 10_000, alpha: 0.01, scanners }

function finding(
  scanner: string,
  severity: Severity,
  rows: readonly number[],
  { category = 'poisoning', name = scanner, score = 0.5 }: { category?: Category; name?: string; score?: number } = {},
): Finding {
  const flagged = rows.map((row) => ({ file: 0, row, score }))
  const said = { title: 'a claim', why: 'because', advice: 'look', evidence: { own: 1 }, rows: flagged, examples: [] }
  return { id: `${name}-1`, scanner, message: `${scanner}/x`, category, severity, score, ...said }
}

const from = (start: number, count: number, step = 1): number[] => Array.from({ length: count }, (_, i) => start + i * step)
const severities = (findings: readonly Finding[], context = CONTEXT): Severity[] =>
  crossEvidence(findings, context).map(({ severity }) => severity)

describe('rows named by independent scanners', () => {
  test('rise one step, and each finding names the other', () => {
    const [a, b] = crossEvidence([finding('trigger', 'medium', from(0, 40)), finding('drift', 'low', from(2, 40))], CONTEXT)
    assert.deepEqual([a?.severity, b?.severity], ['high', 'medium'])
    assert.equal(a?.evidence['sameRowsAs'], 'drift-1')
    assert.equal(a.evidence['rowsInCommon'], 38)
    assert.equal(a.evidence['severityAlone'], 'medium')
    assert.equal(a.evidence['own'], 1)
    assert.ok(Number(a.evidence['log10OverlapP']) < -50)
    assert.equal(b?.evidence['sameRowsAs'], 'trigger-1')
  })

  test('rise one step however many say so, and what is high stays', () => {
    const rows = from(0, 40)
    const all = [finding('trigger', 'low', rows), finding('drift', 'medium', rows), finding('gibberish', 'high', rows)]
    assert.deepEqual(severities(all), ['medium', 'high', 'high'])
  })

  const pair = (a: Finding, b: Finding): Severity[] => severities([a, b])

  test('do not where the scanners look at one thing, or nobody knows what they look at', () => {
    const rows = from(0, 40)
    assert.deepEqual(pair(finding('trigger', 'medium', rows), finding('label', 'medium', rows)), ['medium', 'medium'])
    assert.deepEqual(pair(finding('gibberish', 'medium', rows), finding('encoded', 'medium', rows)), ['medium', 'medium'])
    assert.deepEqual(pair(finding('drift', 'low', rows), finding('plugin', 'high', rows)), ['low', 'high'])
    assert.deepEqual(pair(finding('drift', 'low', rows), finding('drift', 'low', rows, { name: 'other' })), ['low', 'low'])
  })

  test('do not by findings of quality, provenance or privacy, or of info; nor do those rise', () => {
    const rows = from(0, 40)
    for (const category of ['quality', 'provenance', 'privacy'] as const) {
      const other = finding('drift', 'low', rows, { category })
      assert.deepEqual(pair(finding('trigger', 'medium', rows), other), ['medium', 'low'])
    }
    assert.deepEqual(pair(finding('trigger', 'medium', rows), finding('drift', 'info', rows)), ['medium', 'info'])
  })

  test('do not where they overlap in part, or as chance may have it', () => {
    assert.deepEqual(pair(finding('trigger', 'medium', from(0, 40)), finding('drift', 'low', from(20, 40))), ['medium', 'low'])
    // Both list most of the data.
    assert.deepEqual(
      severities([finding('trigger', 'medium', from(0, 90)), finding('drift', 'low', from(4, 95))], { ...CONTEXT, rows: 100 }),
      ['medium', 'low'],
    )
    assert.deepEqual(pair(finding('trigger', 'medium', [1, 2]), finding('drift', 'low', [1, 2])), ['medium', 'low'])
  })

  test('do where a scanner that is not ours says what it looks at, and it is something else', () => {
    const rows = from(0, 40)
    const raised = (...signals: Signal[]): Severity[] => {
      const plugin = { id: 'plugin', crossEvidence: { signals, exactness: 'fault' } } as const
      const all = [finding('drift', 'low', rows), finding('plugin', 'medium', rows)]
      return severities(all, { ...CONTEXT, scanners: [...scanners, plugin] })
    }
    assert.deepEqual(raised('plugin/capitals'), ['medium', 'high'])
    assert.deepEqual(raised('plugin/capitals', 'position'), ['low', 'medium'])
  })

  test('rows of other files are other rows', () => {
    const elsewhere = finding('drift', 'low', [])
    const rows = from(0, 40).map((row) => ({ file: 1, row, score: 0.5 }))
    assert.deepEqual(pair(finding('trigger', 'medium', from(0, 40)), { ...elsewhere, rows }), ['medium', 'low'])
  })
})

describe('one cause', () => {
  test('is named by the findings that say less of it, which stand behind it', () => {
    const all = [
      finding('outlier', 'low', from(0, 30), { category: 'quality', score: 0.9 }),
      finding('style', 'high', from(0, 40), { score: 0.99 }),
      finding('trigger', 'high', from(0, 50), { score: 0.9 }),
      finding('label', 'medium', from(500, 30)),
    ]
    assert.deepEqual(
      fused(all, CONTEXT).map(({ id, relatedTo }) => [id, relatedTo]),
      [
        ['trigger-1', undefined],
        ['style-1', 'trigger-1'],
        ['label-1', undefined],
        ['outlier-1', 'trigger-1'],
      ],
    )
  })

  test('is one of a scanner that is not ours, where that says the words', () => {
    const rows = from(0, 40)
    const causes = (exactness: Exactness): unknown[] => {
      const plugin = { id: 'plugin', crossEvidence: { signals: ['plugin/x'], exactness } } as const
      const all = [finding('plugin', 'high', rows), finding('style', 'high', rows)]
      return crossEvidence(all, { ...CONTEXT, scanners: [...scanners, plugin] }).map(({ relatedTo }) => relatedTo)
    }
    assert.deepEqual(causes('words'), [undefined, 'plugin-1'])
    assert.deepEqual(causes('pattern'), [undefined, undefined])
    assert.deepEqual(causes('fault'), ['style-1', undefined])
  })

  test('is not one that is less serious, says less, or is of another kind', () => {
    const related = (a: Finding, b: Finding): unknown[] => crossEvidence([a, b], CONTEXT).map(({ relatedTo }) => relatedTo)
    const rows = from(0, 40)
    const none = [undefined, undefined]
    assert.deepEqual(related(finding('style', 'high', rows), finding('trigger', 'low', rows)), none)
    assert.deepEqual(related(finding('injection', 'high', rows), finding('trigger', 'high', rows)), none)
    assert.deepEqual(related(finding('privacy', 'low', rows, { category: 'privacy' }), finding('trigger', 'high', rows)), none)
    assert.deepEqual(related(finding('outlier', 'low', rows), finding('trigger', 'high', rows, { category: 'quality' })), none)
    assert.deepEqual(related(finding('outlier', 'low', from(0, 80)), finding('trigger', 'high', rows)), none)
  })
})

describe('rows beside those of a cause', () => {
  /** The first `certain` rows and others, half of which are what the finding says. */
  const rated = (scanner: string, severity: Severity, certain: number, others: number): Finding => {
    const bare = finding(scanner, severity, [])
    const rows = from(0, certain + others).map((row) => ({ file: 0, row, score: row < certain ? 1 : 0.5 }))
    return { ...bare, rows }
  }
  const cause = finding('trigger', 'high', from(0, 60))

  test('are no alarm where the finding itself says that about all that it found is the cause', () => {
    const [, left] = crossEvidence([cause, rated('label', 'high', 60, 20)], CONTEXT)
    assert.equal(left?.severity, 'low')
    assert.equal(left.relatedTo, cause.id)
    assert.equal(left.rows.length, 80)
    const { severityAlone, rowsExplained, rowsExpected } = left.evidence
    assert.deepEqual(
      { severityAlone, rowsExplained, rowsExpected },
      { severityAlone: 'high', rowsExplained: 60, rowsExpected: 70 },
    )
  })

  test('are where too many of them are what the finding says', () => {
    assert.deepEqual(severities([cause, rated('label', 'high', 60, 40)]), ['high', 'high'])
    assert.equal(crossEvidence([cause, rated('label', 'high', 60, 40)], CONTEXT)[1]?.relatedTo, undefined)
  })

  test('are where the scores are no probabilities, or the cause is less serious', () => {
    assert.deepEqual(severities([cause, rated('gibberish', 'high', 60, 20)]), ['high', 'high'])
    assert.deepEqual(severities([finding('trigger', 'low', from(0, 60)), rated('label', 'high', 60, 20)]), ['low', 'high'])
  })

  test('change nothing where there are hardly any: the finding is about the rows of its cause, and as serious', () => {
    assert.deepEqual(severities([cause, rated('label', 'high', 60, 5)]), ['high', 'high'])
  })
})

test('nothing is lost: no severity falls without a cause of the greater one, no row and no evidence goes, and the order of findings does not matter', () => {
  const one = fc
    .record({
      scanner: fc.constantFrom('trigger', 'label', 'outlier', 'gibberish', 'drift', 'privacy', 'plugin'),
      severity: fc.constantFrom(...SEVERITIES),
      start: fc.nat({ max: 60 }),
      count: fc.nat({ max: 60 }),
      category: fc.constantFrom<Category>('poisoning', 'quality', 'privacy'),
    })
    .map(({ scanner, severity, start, count, category }) => finding(scanner, severity, from(start, count), { category }))
  fc.assert(
    fc.property(fc.array(one, { maxLength: 8 }), fc.nat(), (list, seed) => {
      const findings = list.map((each, i) => ({ ...each, id: `${each.id}-${i}` }))
      const crossed = crossEvidence(findings, CONTEXT)
      crossed.forEach((after, i) => {
        const before = findings[i]!
        const step = SEVERITIES.indexOf(after.severity) - SEVERITIES.indexOf(before.severity)
        const cause = crossed.find(({ id }) => id === after.relatedTo)
        if (step < 0) assert.ok(cause !== undefined && SEVERITIES.indexOf(cause.severity) >= SEVERITIES.indexOf(before.severity))
        else assert.ok(step === 0 || step === 1)
        assert.deepEqual(after.rows, before.rows)
        assert.equal(after.evidence['own'], 1)
      })
      const turned = [...findings.slice(seed % 8), ...findings.slice(0, seed % 8)]
      assert.deepEqual(fused(turned, CONTEXT), fused(findings, CONTEXT))
    }),
  )
})

test('many findings about many rows take no time', () => {
  const many = Array.from({ length: 120 }, (_, i) =>
    finding(i % 2 === 0 ? 'trigger' : 'drift', 'low', from(0, 5000), { name: `n${i}` }),
  )
  const before = performance.now()
  assert.equal(crossEvidence(many, { ...CONTEXT, rows: 100_000 }).length, 120)
  assert.ok(performance.now() - before < 20_000)
})
