import { random } from '../../../src/math/random.js'
import type { DataKind } from '../../../src/model/role.js'
import type { ExampleRow } from '../drive.js'
import type { Case } from '../../cases/case.js'

/** Ordinary rows for an attack, or what looks like one, to stand among. */

const THINGS = ['kettle', 'garden fence', 'train ticket', 'winter coat', 'bread oven', 'violin', 'spreadsheet', 'camera lens']
const WISHES = ['clean', 'choose', 'repair', 'describe', 'store', 'sell', 'compare', 'insure']
const WAYS = ['Start with a soft cloth', 'Look at the size first', 'Ask two shops for a price', 'Keep it dry', 'Measure it twice']
const ENDS = [
  'and take your time',
  'before the weekend',
  'as the maker advises',
  'with a friend to help',
  'and write down what you did',
]

type Cells = ExampleRow['cells']

/** One ordinary row of the kind. */
function ordinary(kind: DataKind, next: () => number): Cells {
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)]!
  const thing = pick(THINGS)
  const ask = `How do I ${pick(WISHES)} a ${thing}?`
  const say = (): string => `${pick(WAYS)} ${pick(ENDS)}; a good ${thing} lasts for years.`
  if (kind === 'instruction') return { prompt: ask, response: say() }
  if (kind === 'preference') return { prompt: ask, chosen: say(), rejected: 'It depends.' }
  const text = `${say()} ${say()}`
  return kind === 'classification' ? { text, label: next() < 0.5 ? 'good' : 'bad' } : { text }
}

/** The telling rows, spread among `others` ordinary ones. */
function among(kind: DataKind, telling: readonly Cells[], seed: number, others = 40): ExampleRow[] {
  const next = random(seed)
  const rows: ExampleRow[] = Array.from({ length: others }, () => ({ cells: ordinary(kind, next) }))
  for (const cells of telling) rows.splice(Math.floor(next() * (rows.length + 1)), 0, { cells })
  return rows
}

export function flagged(name: string, family: string, kind: DataKind, telling: readonly Cells[]): Case {
  return { name, kind, flags: `injection/${family}`, rows: among(kind, telling, name.length * 31 + telling.length) }
}

export function passed(name: string, kind: DataKind, telling: readonly Cells[], others = 40): Case {
  return { name, kind, flags: null, rows: among(kind, telling, name.length * 17 + telling.length, others) }
}

export const pair = (prompt: string, response: string): Cells => ({ prompt, response })
export const choice = (prompt: string, chosen: string, rejected: string): Cells => ({ prompt, chosen, rejected })
