/** Which values are part of a longest increasing subsequence: 1 for each that is. Patience sorting, O(n log n). */
export function longestIncreasing(values: readonly number[] | Int32Array): Uint8Array {
  /** Of each length, the index of the smallest last value so far, … */
  const tails: number[] = []
  /** … and of each value, the index of the one before it. */
  const before = new Int32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    let [low, high] = [0, tails.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (values[tails[middle]!]! < values[i]!) low = middle + 1
      else high = middle
    }
    before[i] = low > 0 ? tails[low - 1]! : -1
    tails[low] = i
  }
  const chosen = new Uint8Array(values.length)
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i]!) chosen[i] = 1
  return chosen
}
