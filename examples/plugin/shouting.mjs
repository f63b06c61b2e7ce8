// A scanner of your own: rows that shout. See docs/plugins.md.

/** Rows listed at most: what is kept must not grow with the data. */
const MOST_ROWS = 10_000

/** Share of a row's letters that are capitals; null where it has too few to tell. */
function shareOfCapitals(text) {
  const letters = text.match(/\p{L}/gu) ?? []
  const capitals = text.match(/\p{Lu}/gu) ?? []
  return letters.length < 20 ? null : capitals.length / letters.length
}

const byPlace = (a, b) => a.file - b.file || a.row - b.row

export default {
  id: 'shouting',
  title: 'Shouting',
  description: 'Rows in capital letters, which a model would learn to answer in.',
  version: '1',
  category: 'quality',
  messages: {
    'shouting/rows': { title: 'Rows in capital letters', help: 'Most letters of these rows are capitals.' },
  },
  // No scanner of credence looks at capitals, and they are something wrong with each row by itself.
  crossEvidence: { signals: ['shouting/capitals'], exactness: 'fault' },
  evidence: { rows: { meaning: 'rows in capital letters', unit: 'rows' } },
  passes: () => [
    {
      needs: ['input'],
      init: () => ({ count: 0, rows: [] }),
      observe(state, batch) {
        for (let i = 0; i < batch.length; i++) {
          const share = shareOfCapitals(batch.input[i] ?? '')
          // A chat gives several examples: its first turn stands for the row.
          if (share === null || share <= 0.7 || batch.turns[i] !== 0) continue
          state.count++
          if (state.rows.length < MOST_ROWS) state.rows.push({ file: batch.file, row: batch.rows[i], score: share })
        }
      },
      merge(into, from) {
        into.count += from.count
        // The first ones by place, in whatever order pieces are merged.
        into.rows = [...into.rows, ...from.rows].sort(byPlace).slice(0, MOST_ROWS)
        return into
      },
      finish({ count, rows }) {
        const finding = {
          id: 'shouting-000000000001',
          scanner: 'shouting',
          message: 'shouting/rows',
          category: 'quality',
          severity: 'low',
          score: 0.3,
          title: `${count} rows in capital letters`,
          why: 'More than 70 % of their letters are capitals.',
          advice: 'Put them in sentence case, or leave them out.',
          evidence: { rows: count },
          rows,
          examples: [],
        }
        return { findings: count > 0 ? [finding] : [], limits: {} }
      },
    },
  ],
}
