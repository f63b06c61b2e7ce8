import { CredenceError } from '../errors.js'
import type { RowPlace } from './api.js'
import type { ReviewData } from './review-data.js'

/** Results that are kept: a list is asked for page by page. */
const MOST_KEPT = 4

/** Rows in which a pattern occurs. The data is read for each new pattern, and not again while it is one of the last. */
export class RowSearch {
  private readonly kept = new Map<string, Promise<readonly RowPlace[]>>()

  constructor(private readonly data: ReviewData) {}

  /** Ascending by (file, row). @throws CredenceError where the data of one of the files is not to be had */
  holding(files: readonly number[], pattern: RegExp): Promise<readonly RowPlace[]> {
    const key = `${files.join(' ')} ${pattern.source}`
    const known = this.kept.get(key) ?? this.read(files, pattern)
    this.kept.delete(key)
    this.kept.set(key, known)
    known.catch(() => this.kept.delete(key))
    const [oldest] = this.kept.keys()
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest)
    return known
  }

  private async read(files: readonly number[], pattern: RegExp): Promise<readonly RowPlace[]> {
    const places: RowPlace[] = []
    for (const file of files) {
      const problem = this.data.problem(file)
      if (problem !== null) throw new CredenceError('not-found', `the data is needed to look for words in it: ${problem}`)
      for (const row of await this.data.holding(file, pattern)) places.push({ file, row })
    }
    return places
  }
}
