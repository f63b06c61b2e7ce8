/** Whether rows share words that are rare elsewhere: then they have a trigger or a template, not merely a style. */

/** Share of the rows that must have a word or run of words, */
const LEAST_SHARE = 0.1
/** and how many times rarer it must be elsewhere. */
const RARER = 20
const LONGEST = 3

/** Share of the chosen rows that have such a word or run of words. */
export function sharedWords(texts: readonly string[], chosen: ReadonlySet<number>): number {
  const inside = new Map<string, number[]>()
  const runs = texts.map(runsOf)
  for (const i of chosen) {
    for (const run of runs[i]!) {
      const rows = inside.get(run)
      if (rows === undefined) inside.set(run, [i])
      else rows.push(i)
    }
  }
  const common = new Map([...inside].filter(([, rows]) => rows.length >= LEAST_SHARE * chosen.size))
  const outside = new Map<string, number>()
  runs.forEach((list, i) => {
    if (!chosen.has(i)) for (const run of list) if (common.has(run)) outside.set(run, (outside.get(run) ?? 0) + 1)
  })
  const others = Math.max(1, texts.length - chosen.size)
  const rare = [...common].filter(([run, rows]) => (outside.get(run) ?? 0) / others <= rows.length / chosen.size / RARER)
  const covered = new Set(rare.flatMap(([, rows]) => rows))
  return covered.size / Math.max(1, chosen.size)
}

function runsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const runs = new Set<string>()
  for (let at = 0; at < words.length; at++)
    for (let length = 1; length <= LONGEST && at + length <= words.length; length++)
      runs.add(words.slice(at, at + length).join(' '))
  return runs
}
