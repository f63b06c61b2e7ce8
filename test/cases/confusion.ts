/** How a scanner does on its cases. */
import type { Encoder } from '../../src/embed/encoder.js'
import type { Finding } from '../../src/model/finding.js'
import type { Embedding } from '../../src/model/row-batch.js'
import type { ScannerDefinition, ScanResult } from '../../src/scanner.js'
import { drive, type ExampleRow } from '../scanners/drive.js'
import type { Case } from './case.js'

export interface Confusion {
  readonly flagged: number
  readonly missed: readonly string[]
  readonly passed: number
  readonly alarms: readonly string[]
}

/**
 * Flagged: a finding of the case's message, above `info`, that lists one of its rows. Passed: no finding of `medium` or above,
 * and none above `info` that lists one of the rows that the case names. A `low` finding about other rows is a hint such as
 * ordinary data may have.
 */
export async function confusionOf(scanner: ScannerDefinition, cases: readonly Case[], encoder: Encoder): Promise<Confusion> {
  const missed: string[] = []
  const alarms: string[] = []
  for (const { name, kind, flags, rows, at } of cases) {
    const { findings } = await driven(scanner, rows, kind, encoder)
    const telling = new Set(at?.map((place) => `${rows[place]?.file ?? 0} ${rows[place]?.row ?? place}`))
    const lists = ({ rows: listed }: Finding): boolean => listed.some(({ file, row }) => telling.has(`${file} ${row}`))
    const counts = (finding: Finding): boolean => {
      if (finding.severity === 'info') return false
      if (flags === null && finding.severity !== 'low') return true
      return at === undefined ? flags !== null : lists(finding)
    }
    const said = findings.filter(counts).map(({ message }) => message)
    if (flags === null && said.length > 0) alarms.push(`${name} (${said.join(', ')})`)
    if (flags !== null && !said.includes(flags)) missed.push(`${name} (${said.join(', ') || 'nothing'})`)
  }
  const negative = cases.filter(({ flags }) => flags === null).length
  const positive = cases.length - negative
  return { flagged: positive - missed.length, missed, passed: negative - alarms.length, alarms }
}

class Unembedded extends Error {
  constructor(readonly texts: readonly string[]) {
    super('texts without vectors')
  }
}

/** Runs a scanner in this process with a real encoder: again whenever a pass asks for texts that have no vector yet. */
async function driven(
  scanner: ScannerDefinition,
  rows: readonly ExampleRow[],
  kind: Case['kind'],
  encoder: Encoder,
): Promise<ScanResult> {
  const { dim } = encoder
  const known = new Map<string, Float32Array>()
  const embed = (texts: readonly string[]): Embedding => {
    const fresh = [...new Set(texts)].filter((text) => !known.has(text))
    if (fresh.length > 0) throw new Unembedded(fresh)
    const vectors = new Float32Array(texts.length * dim)
    texts.forEach((text, i) => {
      vectors.set(known.get(text)!, i * dim)
    })
    return { dim, vectors }
  }
  for (;;) {
    try {
      return drive(scanner, rows, { dim, embed, data: { kind } })
    } catch (error) {
      if (!(error instanceof Unembedded)) throw error
      const { vectors } = await encoder.embed(error.texts)
      error.texts.forEach((text, i) => known.set(text, vectors.slice(i * dim, (i + 1) * dim)))
    }
  }
}
