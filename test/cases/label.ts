import { messages, withFlips, withMistakenSubject, type Message } from '../../tools/fixtures/messages.js'
import type { ExampleRow } from '../scanners/drive.js'
import type { Case } from './case.js'

const COUNT = 1600

const rowsOf = (list: readonly Message[]): ExampleRow[] => list.map(({ text, label }) => ({ cells: { text, label } }))
const of = (name: string, flags: string | null, list: readonly Message[], at?: readonly number[]): Case => ({
  name,
  kind: 'classification',
  flags,
  rows: rowsOf(list),
  ...(at === undefined ? {} : { at }),
})

function mistakes(count: number, seed: number): Case {
  const rows = messages(140 + seed, COUNT)
  const list = withFlips(rows, /./, count, seed)
  const at = list.flatMap(({ label }, i) => (label === rows[i]!.label ? [] : [i]))
  return of(`${count} of ${COUNT} labels wrong (${seed})`, 'label/suspect', list, at)
}

const FLAGS: readonly Case[] = [
  ...[80, 100, 120, 140, 160, 200, 80, 100, 120, 140, 160, 200].map((count, i) => {
    const from = i < 6 ? 'agent' : 'customer'
    const list = withFlips(messages(100 + i, COUNT), new RegExp(from), count, i)
    return of(`${count} of ${COUNT} messages of the ${from} have the other label`, 'label/flipped', list)
  }),
  ...[120, 140, 160, 200, 240, 280].map((count, i) =>
    of(`${count} of ${COUNT} labels exchanged, both ways`, 'label/shuffled', withFlips(messages(120 + i, COUNT), /./, count, i)),
  ),
  ...[6, 8, 10, 12, 14, 16, 18, 20, 6, 10, 14, 18].map(mistakes),
]

const SUBJECTS: readonly [string, RegExp][] = [
  ['refunds, vouchers and points', /refund|charged|voucher|gift card|points/i],
  ['parcels', /parcel|package/i],
  ['addresses', /address/i],
  ['accounts', /account|password/i],
  ['a size', /size|smaller|larger/i],
]

const PASSES: readonly Case[] = [
  ...Array.from({ length: 16 }, (_, i) => of(`messages as they come (${i})`, null, messages(200 + i, COUNT))),
  ...[300, 600, 3000].map((count) => of(`${count} messages as they come`, null, messages(220, count))),
  ...SUBJECTS.map(([name, subject], i) =>
    of(
      `messages of the agent about ${name} count as the customer's`,
      null,
      withMistakenSubject(messages(230 + i, COUNT), subject),
    ),
  ),
  ...Array.from({ length: 4 }, (_, i) =>
    of(
      `labels that say nothing of the text (${i})`,
      null,
      messages(240 + i, COUNT).map((message, row) => ({ ...message, label: ['a', 'b', 'c'][(row * 7919 + i) % 3]! })),
    ),
  ),
  of(
    'one label',
    null,
    messages(250, COUNT).map((message) => ({ ...message, label: 'agent' })),
  ),
  of(
    'a label of its own for each row',
    null,
    messages(251, COUNT).map((message, row) => ({ ...message, label: `l${row}` })),
  ),
  of(
    "one message in ten is the customer's",
    null,
    messages(252, 4 * COUNT)
      .filter(({ label }, i) => label === 'agent' || i % 9 === 0)
      .slice(0, COUNT),
  ),
]

/** Of `label`. */
export const cases: readonly Case[] = [...FLAGS, ...PASSES]
