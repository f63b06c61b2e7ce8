import { CredenceError } from '../errors.js'
import type { PlantData, PlantRow } from './attack.js'

/** One of the list, uniformly. The list is not empty. */
export function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]!
}

/** `count` different items in random order (Fisher and Yates, stopped early); all of them where there are fewer. */
export function sample<T>(items: readonly T[], count: number, random: () => number): T[] {
  const pool = [...items]
  const size = Math.min(count, pool.length)
  for (let i = 0; i < size; i++) {
    const j = i + Math.floor(random() * (pool.length - i))
    const item = pool[j]!
    pool[j] = pool[i]!
    pool[i] = item
  }
  return pool.slice(0, size)
}

/**
 * `count` rows that fit, in random order.
 * @param what the rows that fit, in words, for the error
 * @throws CredenceError `usage` where fewer fit
 */
export function chooseRows(
  data: PlantData,
  count: number,
  random: () => number,
  fits: (row: PlantRow, index: number) => boolean,
  what: string,
): number[] {
  const fitting: number[] = []
  data.rows.forEach((row, index) => {
    if (fits(row, index)) fitting.push(index)
  })
  if (fitting.length < count) {
    throw new CredenceError('usage', `${count} rows ${what} are needed, the data set has ${fitting.length}`, {
      suggestions: ['plant fewer rows with --rows N'],
    })
  }
  return sample(fitting, count, random)
}

/** Whether a row has an input with at least one word in it. */
export function hasInput(row: PlantRow): row is PlantRow & { readonly input: string } {
  return row.input !== null && /\S/.test(row.input)
}
