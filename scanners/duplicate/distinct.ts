/**
 * What is known of the k different texts of smallest priority, by the hash of their content. A text's priority follows from
 * its content alone, so a text that is among the k in the end was never left out before: its counts are exact.
 */
export interface Distinct<T> {
  readonly k: number
  items: Map<number, Prior<T>>
  /** Texts of greater priority are not among the k. */
  bound: number
  dropped: boolean
}

export interface Prior<T> {
  readonly priority: number
  readonly value: T
}

export function distinct<T>(k: number): Distinct<T> {
  return { k, items: new Map(), bound: Infinity, dropped: false }
}

/** The text's value, made where there is none yet; null where it is not among the k. */
export function valueOf<T>(texts: Distinct<T>, content: number, priority: number, make: () => T): T | null {
  if (priority > texts.bound) {
    texts.dropped = true
    return null
  }
  const known = texts.items.get(content)
  if (known !== undefined) return known.value
  if (texts.items.size >= texts.k + Math.max(1024, texts.k >> 2)) {
    compact(texts)
    if (priority > texts.bound) return null
  }
  const value = make()
  texts.items.set(content, { priority, value })
  return value
}

/**
 * @param copy a value of its own, for what `into` did not have
 * @param join adds what the second knows to the first
 */
export function mergeDistinct<T>(
  into: Distinct<T>,
  from: Distinct<T>,
  copy: (value: T) => T,
  join: (into: T, from: T) => void,
): void {
  into.dropped ||= from.dropped
  into.bound = Math.min(into.bound, from.bound)
  for (const [content, item] of from.items) {
    const known = into.items.get(content)
    if (known === undefined) into.items.set(content, { priority: item.priority, value: copy(item.value) })
    else join(known.value, item.value)
  }
  compact(into)
}

/** In the order of (priority, content). Where some were left out, those of the last priority are too: all or none of a group. */
export function wholeGroups<T>(texts: Distinct<T>): { readonly content: number; readonly value: T }[] {
  compact(texts)
  const all = inOrder(texts).map(([content, { priority, value }]) => ({ content, priority, value }))
  return texts.dropped ? all.filter(({ priority }) => priority < texts.bound) : all
}

function compact<T>(texts: Distinct<T>): void {
  if (texts.items.size <= texts.k && [...texts.items.values()].every(({ priority }) => priority <= texts.bound)) return
  const all = inOrder(texts)
  texts.dropped = true
  texts.items = new Map(all.slice(0, texts.k))
  texts.bound = Math.min(texts.bound, all[Math.min(texts.k, all.length) - 1]![1].priority)
}

function inOrder<T>(texts: Distinct<T>): [number, Prior<T>][] {
  return [...texts.items].sort(([a, { priority: p }], [b, { priority: q }]) => p - q || a - b)
}
