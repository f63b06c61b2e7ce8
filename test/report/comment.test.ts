import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Report } from '../../src/model/report.js'
import { renderComment } from '../../src/report/comment.js'
import { parseReport } from '../../src/report/explain-read.js'
import { renderJson } from '../../src/report/json.js'
import { assertDeadMarkdown } from './dead-markdown.js'
import { assertQuiet } from './quiet.js'
import { HOSTILE, hostileReport, sampleFinding, sampleReport } from './sample-report.js'

const rendered = (report: Report, longest = 64_000): string =>
  renderComment(parseReport(renderJson(report), ''), { failOn: 'high', name: '', longest })

describe('the comment', () => {
  test('shows what is serious, with trigger, target and rows, and folds the rest', () => {
    const findings = [sampleFinding(), sampleFinding({ id: 'outlier-1', severity: 'low', title: 'Rows unlike the rest' })]
    const text = rendered(sampleReport({ findings }))
    const [open = '', folded = ''] = text.split('<details>')
    assert.match(open, /^## credence: FAIL\n\n1 finding at or above high, 1 below · 4 rows of 6,920 flagged\n/)
    assert.match(open, /^\| high \| 1 \|\n\| low \| 1 \|$/m)
    assert.match(
      open,
      /^- \*\*Trigger\*\*: `cf`\n- \*\*Target\*\*: `label=1`\n- \*\*Rows\*\*: 4\n {2}- `data\/train\.parquet` row 10: /m,
    )
    assert.match(
      folded,
      /<summary>1 other finding<\/summary>\n\n- \*\*Low\*\*: Rows unlike the rest · 4 rows · `outlier-1`\n\n<\/details>/,
    )
  })

  test('says what a contribution changes, what is gone, and what was accepted', () => {
    const report = sampleReport({
      findings: [
        sampleFinding({ change: 'new', contributed: 3 }),
        sampleFinding({ id: 'trigger-1', change: 'unchanged' }),
        sampleFinding({ id: 'trigger-2', suppression: { reason: 'our own name', expires: '2027-01-31' } }),
      ],
      comparison: {
        with: 'data',
        base: 'origin/main',
        rows: { base: 2000, head: 2040, unchanged: 1998, moved: 5, added: 40, changed: 2, removed: 0 },
        resolved: [{ id: 'label-1', title: 'Labels exchanged', severity: 'medium' }],
        shifts: [{ what: 'label', text: 'Label "1" in 95 % of the added rows, 50 % before.', p: 1e-9 }],
        alone: { rows: 42, scanners: ['trigger', 'label'] },
      },
      suppressions: [
        { entry: 'trigger-2', reason: 'our own name', expires: '2027-01-31', state: 'used', findings: 1 },
        { entry: 'privacy-*', reason: 'public', expires: '2025-01-31', state: 'expired', findings: 0 },
      ],
    })
    const text = rendered(report)
    for (const line of [
      '1 finding at or above high, 1 known, 1 accepted · 4 rows of 6,920 flagged',
      '| severity | findings | known | accepted |',
      '| high | 1 | 1 | 1 |',
      '- **With**: origin/main',
      '- **Rows**: 40 added, 2 changed, 0 removed, 1,998 as before, of which 5 moved',
      '- **Rows**: 4, 3 of them added or changed',
      '- **Alone**: the 42 rows of the contribution were looked at by themselves as well, by trigger, label',
      '- **Shift**: Label "1" in 95 % of the added rows, 50 % before.',
      '- **Resolved**: medium: Labels exchanged',
      '- **Expired**: privacy-\\*, on 2025-01-31: remove it from the file of accepted findings',
      '- **Claim**: high, new, `trigger/label`, `trigger-0123456789ab`',
      '- **High**: "cf" goes with label=1 · 4 rows · known before · `trigger-1`',
      '- **High**: "cf" goes with label=1 · 4 rows · accepted: our own name (until 2027-01-31) · `trigger-2`',
    ]) {
      assert.ok(text.split('\n').includes(line), `${line} is not in\n${text}`)
    }
    assertDeadMarkdown(text)
  })

  test('of hostile text nothing is live, nor is it too long', () => {
    for (const text of Object.values(HOSTILE)) {
      const report: Report = {
        ...hostileReport(text),
        comparison: {
          with: 'baseline',
          base: text,
          rows: null,
          resolved: [{ id: text, title: text, severity: 'high' }],
          shifts: [{ what: text, text, p: 0.01 }],
        },
        suppressions: [{ entry: text, reason: text, expires: text, state: 'expired', findings: 0 }],
      }
      const comment = rendered(report)
      assertQuiet(comment)
      assertDeadMarkdown(comment)
      assert.ok(comment.length <= 64_000)
      assert.equal(comment.match(/<[^>\n]*>/g)?.filter((tag) => /^<\/?(?:details|summary)>$/.test(tag)).length, 4)
    }
  })

  for (const longest of [6_000, 20_000]) {
    test(`never has more than ${longest} characters, and counts what it leaves out`, () => {
      const findings = Array.from({ length: 200 }, (_, i) =>
        sampleFinding({ id: `trigger-${i}`, severity: i < 100 ? 'high' : 'low' }),
      )
      const text = rendered(sampleReport({ findings }), longest)
      assert.ok(text.length <= longest && text.length > longest / 2, `${text.length}`)
      const shown = (text.match(/^### /gm)?.length ?? 0) + (text.match(/^- \*\*Low\*\*/gm)?.length ?? 0)
      assert.match(text, new RegExp(`^Cut short: ${200 - shown} findings of these not shown here\\.`, 'm'))
      assert.match(text, /<summary>Coverage<\/summary>/)
    })
  }
})
