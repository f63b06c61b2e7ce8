/** Whether rows share words that are rare elsewhere: then they have a trigger or a template besides a style. */

/** Share of the rows below which words need not be looked for elsewhere, */
const LEAST_SHARE = 0.1
/** and how many times rarer they must be there. */
const RARER = 20
const LONGEST = 3

/** A word, or run of words, and the share of the chosen rows that have it. */
export interface SharedRun {
  readonly run: string
  readonly share: number
}

/** The run that most of the chosen rows have, of those that are rare elsewhere; an empty one where there is none. */
export function sharedWords(texts: readonly string[], chosen: ReadonlySet<number>): SharedRun {
  const inside = new Map<string, number>()
  for (const i of chosen) for (const run of runsOf(texts[i]!)) inside.set(run, (inside.get(run) ?? 0) + 1)
  const common = new Map([...inside].filter(([, rows]) => rows >= LEAST_SHARE * chosen.size))
  const outside = new Map<string, number>()
  texts.forEach((text, i) => {
    if (chosen.has(i)) return
    for (const run of runsOf(text)) if (common.has(run)) outside.set(run, (outside.get(run) ?? 0) + 1)
  })
  const others = Math.max(1, texts.length - chosen.size)
  let most: SharedRun = { run: '', share: 0 }
  for (const [run, rows] of common) {
    const share = rows / chosen.size
    const rare = (outside.get(run) ?? 0) / others <= share / RARER
    // Of runs in the same rows the longest tells most.
    const better =
      share > most.share ||
      (share === most.share && (run.length > most.run.length || (run.length === most.run.length && run < most.run)))
    if (rare && better) most = { run, share }
  }
  return most
}

export function hasRun(text: string, run: string): boolean {
  return ` ${wordsOf(text).join(' ')} `.includes(` ${run} `)
}

function runsOf(text: string): Set<string> {
  const words = wordsOf(text)
  const runs = new Set<string>()
  for (let at = 0; at < words.length; at++)
    for (let length = 1; length <= LONGEST && at + length <= words.length; length++)
      runs.add(words.slice(at, at + length).join(' '))
  return runs
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}
