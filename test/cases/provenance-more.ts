/** Of `provenance`: licences, addresses, sources that dissent, bursts. */
import { random } from '../../src/math/random.js'
import type { ExampleRow } from '../scanners/drive.js'
import type { Case } from './case.js'
import { changed, documentRows, places, reviewRows } from './data.js'

const ROWS = 120
const KIND = 'classification'
type Cells = ExampleRow['cells']

const each = (rows: readonly ExampleRow[], cells: (own: Cells, i: number) => Cells): ExampleRow[] =>
  rows.map((row, i) => ({ ...row, cells: { ...row.cells, ...cells(row.cells, i) } }))
const cells = (seed: number, own: (i: number) => Cells): ExampleRow[] => each(reviewRows(seed, ROWS), (_, i) => own(i))
const licensed = (seed: number, ...licenses: readonly string[]): ExampleRow[] =>
  cells(seed, (i) => ({ license: licenses[i % licenses.length]! }))
/** All under `most`, but for some rows. */
const strays = (seed: number, most: string, few: string, count: number): ExampleRow[] =>
  changed(licensed(seed, most), places(count, ROWS, seed), () => ({ license: few }))

function flags(message: string, name: string, rows: readonly ExampleRow[], at?: readonly number[]): Case {
  const own = { name, kind: KIND, flags: `provenance/${message}`, rows } as const
  return at === undefined ? own : { ...own, at }
}
/** Must pass, and no row may be hinted at. */
function passes(name: string, rows: readonly ExampleRow[], kind: Case['kind'] = KIND): Case {
  return { name, kind, flags: null, rows, at: rows.map((_, i) => i) }
}

const COMMIT = '3f786850e387550fdab836ed7e6dc881de23001b'
const pinned = (i: number): string => `https://raw.githubusercontent.com/shop/reviews/${COMMIT}/${i}.txt`

/** Every text from every source, each with a label of its own; one source turns the labels of some texts over. */
function sources(seed: number, count: number, turned: (source: number, text: number) => boolean): ExampleRow[] {
  return reviewRows(seed, 30).flatMap((row, text) =>
    Array.from({ length: count }, (_, source): ExampleRow => {
      const { label } = row.cells
      const own = source % 2 === 0 ? row.cells.text! : `${row.cells.text!.toUpperCase()}!`
      const other = turned(source, text) ? { '0': '1', '1': '0' }[label!]! : label!
      return { cells: { text: own, label: other, source: `shop ${source}` } }
    }),
  )
}

const DAY = 86_400_000
const START = Date.UTC(2024, 0, 1)

/** Rows spread over 90 days, the last ones as the burst has them. */
function dated(seed: number, count: number, burst: number, own: (i: number) => Cells, at: (i: number) => number): ExampleRow[] {
  const next = random(seed)
  return each(reviewRows(seed, count), (_, i) => {
    const inBurst = i >= count - burst
    const time = inBurst ? at(i) : START + next() * 90 * DAY
    return { timestamp: new Date(time).toISOString(), source: `shop ${i % 5}`, ...(inBurst ? own(i) : {}) }
  })
}
/** Within an hour of the 40th day. */
const oneHour = (i: number): number => START + 40 * DAY + (i % 60) * 60_000

const FLAGS: readonly Case[] = [
  flags(
    'license-unknown',
    'three rows under a licence that nobody knows',
    strays(101, 'MIT', 'shop licence 7', 3),
    places(3, ROWS, 101),
  ),
  flags(
    'license-unknown',
    'a sentence for a licence',
    strays(102, 'CC-BY-4.0', 'ask Jo before you use this', 1),
    places(1, ROWS, 102),
  ),
  flags('license-unknown', 'one licence for all, unheard of', licensed(103, 'Shop Reader Terms')),
  flags('license-unknown', 'an expression with an unknown part', strays(104, 'MIT', 'MIT OR Shop-1.0', 4), places(4, ROWS, 104)),
  flags('license-clash', 'GPL 2 only among CC BY-SA', strays(105, 'CC-BY-SA-4.0', 'GPL-2.0-only', 5), places(5, ROWS, 105)),
  flags(
    'license-clash',
    'ODbL among CC BY-SA, in words',
    strays(106, 'CC BY-SA 3.0', 'Open Database License', 5),
    places(5, ROWS, 106),
  ),
  flags(
    'license-clash',
    'non-commercial share-alike among share-alike',
    strays(107, 'cc-by-sa-4.0', 'cc-by-nc-sa-4.0', 7),
    places(7, ROWS, 107),
  ),
  flags('license-clash', 'non-commercial among GPL', strays(108, 'GPL-3.0-or-later', 'CC-BY-NC-4.0', 6), places(6, ROWS, 108)),
  flags('license-restricted', 'non-commercial among MIT', strays(109, 'MIT', 'CC-BY-NC-4.0', 6), places(6, ROWS, 109)),
  flags('license-restricted', 'no derivatives among CC BY', strays(110, 'CC BY 4.0', 'CC BY-ND 4.0', 6), places(6, ROWS, 110)),
  flags(
    'license-restricted',
    'non-commercial by the address of its text',
    strays(111, 'https://creativecommons.org/licenses/by/4.0/', 'https://creativecommons.org/licenses/by-nc/4.0/', 2),
    places(2, ROWS, 111),
  ),
  flags(
    'mutable-address',
    'a branch among commits',
    changed(
      cells(112, (i) => ({ url: pinned(i) })),
      places(3, ROWS, 112),
      (_, i) => ({ url: pinned(i).replace(COMMIT, 'main') }),
    ),
    places(3, ROWS, 112),
  ),
  flags(
    'mutable-address',
    'pages among snapshots of an archive',
    changed(
      cells(113, (i) => ({ url: `https://web.archive.org/web/20240101000000/https://shop.example/${i}` })),
      places(4, ROWS, 113),
      (_, i) => ({ url: `https://shop.example/${i}` }),
    ),
    places(4, ROWS, 113),
  ),
  flags(
    'mutable-address',
    'pictures by their address alone',
    cells(114, (i) => ({ url: `http://shop.example/${i}.jpg` })),
  ),
  flags(
    'dissenting-source',
    'one of five sources turns every label over',
    sources(115, 5, (source) => source === 2),
  ),
  flags(
    'dissenting-source',
    'one of four sources turns half of its labels over',
    sources(116, 4, (s, text) => s === 1 && text % 2 === 0),
  ),
  flags(
    'burst',
    'an hour of one label',
    dated(117, 600, 50, () => ({ label: '1' }), oneHour),
    [560, 580, 599],
  ),
  flags(
    'burst',
    'an hour of one source',
    dated(118, 600, 50, () => ({ source: 'shop 3' }), oneHour),
    [560, 580, 599],
  ),
  flags(
    'burst',
    'an hour of a source that is new',
    dated(119, 600, 40, () => ({ source: 'new shop' }), oneHour),
    [570, 599],
  ),
]

const PASSES: readonly Case[] = [
  passes(
    'permissive licences in many spellings',
    licensed(131, 'MIT', 'Apache License, Version 2.0', 'BSD 3-Clause', 'CC0 1.0', 'ISC'),
  ),
  passes('licences as cards name them', licensed(132, 'llama2', 'openrail', 'odc-by', 'gemma', 'apache-2.0')),
  passes('expressions and lists', licensed(133, 'MIT OR Apache-2.0', '["MIT", "BSD-2-Clause"]', '(MIT AND ISC) OR GPL-3.0-only')),
  passes(
    'addresses of licence texts',
    licensed(134, 'https://opensource.org/licenses/MIT', 'https://creativecommons.org/licenses/by/4.0/'),
  ),
  passes('share-alike and later versions of it', licensed(135, 'CC-BY-SA-3.0', 'CC-BY-SA-4.0', 'MIT')),
  passes('CC BY-SA 4.0 beside GPL 3', licensed(136, 'CC-BY-SA-4.0', 'GPL-3.0-only')),
  passes('GPL 2 or later beside AGPL 3', licensed(137, 'GPL-2.0-or-later', 'AGPL-3.0-only')),
  passes('a choice that avoids the clash', licensed(138, 'CC-BY-SA-4.0', 'GPL-2.0-only OR MIT')),
  passes('non-commercial throughout', licensed(139, 'CC-BY-NC-4.0', 'CC-BY-NC-SA-4.0')),
  passes('licences by file, not by work', licensed(140, 'MPL-2.0', 'EPL-2.0', 'LGPL-2.1-only')),
  passes('the licence is "other"', licensed(141, 'other')),
  passes(
    'addresses that are all fixed',
    cells(142, (i) => ({ url: pinned(i) })),
  ),
  passes(
    'pages of many hosts',
    each(documentRows(143, ROWS), (_, i) => ({ url: `https://site${i % 40}.example/${i}` })),
    'documents',
  ),
  passes(
    'names in the column of addresses',
    cells(144, (i) => ({ url: `review ${i}` })),
  ),
  passes(
    'five sources that agree',
    sources(145, 5, () => false),
  ),
  // Their texts do contradict each other, which is said at low.
  {
    name: 'five sources that err alike',
    kind: KIND,
    flags: null,
    rows: sources(146, 5, (source, text) => text % 5 === source),
  },
  passes(
    'a row every hour of the day',
    cells(147, (i) => ({ timestamp: new Date(START + i * 3_600_000).toISOString() })),
  ),
  passes(
    'working hours',
    dated(148, 600, 0, () => ({}), oneHour).map((row, i) => ({
      cells: {
        ...row.cells,
        timestamp: new Date(START + Math.floor(i / 8) * DAY + 9 * 3_600_000 + (i % 8) * 60_000).toISOString(),
      },
    })),
  ),
  passes(
    'a busy hour of all labels and sources',
    dated(149, 600, 50, () => ({}), oneHour),
  ),
  passes(
    'one source after the other',
    cells(150, (i) => ({ source: `shop ${i >> 5}`, timestamp: String(1.7e9 + (i >> 5) * 86_400 + i) })),
  ),
  passes(
    'a year for each row',
    cells(151, (i) => ({ timestamp: String(1990 + (i % 30)) })),
  ),
  passes(
    'ids with a number left out',
    cells(152, (i) => ({ id: `r-${i < 50 ? i : i + 2}` })),
  ),
]

export const moreCases: readonly Case[] = [...FLAGS, ...PASSES]
