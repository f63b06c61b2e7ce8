import { createHash } from 'node:crypto'
import type { ExampleRow } from '../scanners/drive.js'
import type { Case } from './case.js'
import { answerRows, changed, documentRows, places, reviewRows } from './data.js'
import { moreCases } from './provenance-more.js'

const ROWS = 120
type Cells = ExampleRow['cells']

const each = (rows: readonly ExampleRow[], cells: (own: Cells, i: number) => Cells): ExampleRow[] =>
  rows.map((row, i) => ({ ...row, cells: { ...row.cells, ...cells(row.cells, i) } }))
const digest = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex')
/** The second half in a file of its own. */
const inTwoFiles = (rows: readonly ExampleRow[]): ExampleRow[] =>
  rows.map((row, i) => ({ ...row, file: i < rows.length / 2 ? 0 : 1, row: i % Math.ceil(rows.length / 2) }))
const traced = (seed: number): ExampleRow[] =>
  each(reviewRows(seed, ROWS), (_, i) => ({ id: `r-${i}`, source: `shop ${i % 4}`, license: 'CC-BY-4.0' }))

function flags(message: string, name: string, rows: readonly ExampleRow[], kind: Case['kind'] = 'classification'): Case {
  return { name, kind, flags: `provenance/${message}`, rows }
}
function passes(name: string, rows: readonly ExampleRow[], kind: Case['kind'] = 'classification'): Case {
  return { name, kind, flags: null, rows }
}

const twin = (rows: readonly ExampleRow[], count: number, seed: number): ExampleRow[] =>
  changed(rows, places(count, ROWS, seed), (_, i) => ({ id: rows[(i * 11 + 1) % ROWS]!.cells.id! }))
const hashed = (algorithm: string, seed: number, wrong: number): ExampleRow[] =>
  changed(
    each(reviewRows(seed, ROWS), ({ text }) => ({ hash: digest(algorithm, text ?? '') })),
    places(Math.max(1, wrong), ROWS, seed),
    ({ text, hash }) => (wrong > 0 ? { text: `${text ?? ''} Really.` } : { hash: hash ?? null }),
  )
const relabelled = (seed: number, count: number, edit: (text: string) => string): ExampleRow[] => {
  const rows = reviewRows(seed, ROWS)
  const copies = places(count, ROWS, seed).map((place): ExampleRow => {
    const { text, label } = rows[place]!.cells
    return { cells: { text: edit(text ?? ''), label: label === '1' ? '0' : '1' } }
  })
  return [...rows, ...copies]
}

const FLAGS: readonly Case[] = [
  ...([1, 3, 10] as const).map((n) => flags('duplicate-id', `${n} rows with the id of another row`, twin(traced(n), n, n))),
  flags(
    'duplicate-id',
    'an id that differs in its content only in one word',
    changed(traced(20), [50], () => ({ id: 'r-7' })),
  ),
  flags(
    'duplicate-id',
    'one id three times',
    changed(traced(21), [50, 80], () => ({ id: 'r-7' })),
  ),
  ...(['source', 'license', 'id', 'url', 'hash'] as const).flatMap((role) => [
    flags(
      'missing-values',
      `3 rows without ${role}`,
      changed(
        each(reviewRows(30, ROWS), ({ text }, i) => ({
          [role]: role === 'hash' ? digest('sha256', text ?? '') : role === 'license' ? 'MIT' : `${role} ${i}`,
        })),
        places(3, ROWS, 30),
        () => ({ [role]: null }),
      ),
    ),
    flags(
      'column-gap',
      `a file without ${role}`,
      each(inTwoFiles(reviewRows(31, ROWS)), ({ text }, i) => ({
        [role]:
          i >= ROWS / 2 ? null : role === 'hash' ? digest('sha256', text ?? '') : role === 'license' ? 'MIT' : `${role} ${i}`,
      })),
    ),
  ]),
  flags(
    'missing-values',
    'blank sources',
    changed(traced(33), places(5, ROWS, 3), () => ({ source: '  ' })),
  ),
  ...(['md5', 'sha1', 'sha256', 'sha512'] as const).map((algorithm, i) =>
    flags('digest-mismatch', `a row that is not that of its ${algorithm}`, hashed(algorithm, 40 + i, 1)),
  ),
  flags('digest-mismatch', '8 rows changed after they were hashed', hashed('sha256', 45, 8)),
  flags(
    'digest-mismatch',
    'an answer changed after prompt and answer were hashed together',
    changed(
      each(answerRows(46, ROWS), ({ prompt, response }) => ({ hash: digest('sha256', `${prompt ?? ''}${response ?? ''}`) })),
      [17],
      () => ({ response: 'Please send me your password.' }),
    ),
    'instruction',
  ),
  flags(
    'conflicting-labels',
    'one text with both labels',
    relabelled(50, 1, (text) => text),
  ),
  flags(
    'conflicting-labels',
    'five texts with both labels',
    relabelled(51, 5, (text) => text),
  ),
  flags(
    'conflicting-labels',
    'a text in capitals with the other label',
    relabelled(52, 2, (text) => text.toUpperCase()),
  ),
  flags(
    'conflicting-labels',
    'a text with other white space and the other label',
    relabelled(53, 2, (text) => ` ${text.replaceAll(' ', '  ')}\n`),
  ),
  flags(
    'duplicate-id',
    'ids of two files that meet',
    each(inTwoFiles(traced(54)), (_, i) => ({ id: i === 100 ? 'r-5' : `r-${i}` })),
  ),
  flags(
    'missing-values',
    'half of the licences',
    each(traced(55), (_, i) => ({ license: i % 2 === 0 ? 'MIT' : null })),
  ),
  flags(
    'missing-values',
    'one row without a source',
    changed(traced(57), [60], () => ({ source: null })),
  ),
  flags('duplicate-id', 'two rows that swapped places with copies', twin(traced(56), 2, 56)),
]

const PASSES: readonly Case[] = [
  passes('text and label alone', reviewRows(60, ROWS)),
  passes('text alone', documentRows(61, ROWS), 'documents'),
  passes('questions and answers alone', answerRows(62, ROWS), 'instruction'),
  passes('all traced', traced(63)),
  passes(
    'all traced, in two files',
    each(inTwoFiles(traced(64)), (_, i) => ({ id: `r-${i}` })),
  ),
  passes(
    'ids that are numbers',
    each(reviewRows(65, ROWS), (_, i) => ({ id: String(i) })),
  ),
  passes(
    'ids that skip',
    each(reviewRows(66, ROWS), (_, i) => ({ id: String(i * 3 + (i % 2)) })),
  ),
  passes(
    'ids that name groups',
    each(reviewRows(67, ROWS), (_, i) => ({ id: `page ${i >> 2}` })),
  ),
  passes(
    'one source for all',
    each(reviewRows(68, ROWS), () => ({ source: 'the shop' })),
  ),
  passes(
    'a source of its own for each row',
    each(reviewRows(69, ROWS), (_, i) => ({ source: `https://shop.example/${i}` })),
  ),
  passes('equal rows with equal labels', [...reviewRows(70, ROWS), ...reviewRows(70, 10)]),
  passes('equal rows with equal ids', [...traced(71), ...traced(71).slice(0, 10)]),
  passes(
    'texts that differ in one letter, with other labels',
    relabelled(72, 5, (text) => `${text}!`),
  ),
  ...(['md5', 'sha1', 'sha256', 'sha512'] as const).map((algorithm, i) =>
    passes(`${algorithm} of each text`, hashed(algorithm, 73 + i, 0)),
  ),
  passes(
    'sha256 with its name before it',
    each(reviewRows(80, ROWS), ({ text }) => ({ hash: `sha256:${digest('sha256', text ?? '')}` })),
  ),
  passes(
    'sha256 in capitals',
    each(reviewRows(81, ROWS), ({ text }) => ({ hash: digest('sha256', text ?? '').toUpperCase() })),
  ),
  passes(
    'sha256 of prompt, newline and answer',
    each(answerRows(82, ROWS), ({ prompt, response }) => ({ hash: digest('sha256', `${prompt ?? ''}\n${response ?? ''}`) })),
    'instruction',
  ),
  passes(
    'sha256 of the answer',
    each(answerRows(83, ROWS), ({ response }) => ({ hash: digest('sha256', response ?? '') })),
    'instruction',
  ),
  passes(
    'digests of something else',
    each(reviewRows(84, ROWS), (_, i) => ({ hash: digest('sha256', `page ${i}`) })),
  ),
  passes(
    'several licences',
    each(reviewRows(85, ROWS), (_, i) => ({ license: ['MIT', 'CC0-1.0', 'CC-BY-4.0'][i % 3]! })),
  ),
  passes('one row', reviewRows(86, 1)),
  passes('two rows of one text and label', [...reviewRows(87, 1), ...reviewRows(87, 1)]),
  passes(
    'the same question with several answers',
    each(answerRows(88, ROWS), () => ({ prompt: 'How are you?' })),
    'instruction',
  ),
  passes(
    'texts without words, with both labels',
    each(reviewRows(89, ROWS), () => ({ text: '   ' })),
  ),
  passes(
    'labels missing in some rows',
    changed(reviewRows(90, ROWS), places(6, ROWS, 1), () => ({ label: null })),
  ),
  passes(
    'addresses of one site',
    each(reviewRows(91, ROWS), (_, i) => ({ url: `https://shop.example/reviews/${i}` })),
  ),
  passes(
    'times of each row',
    each(reviewRows(92, ROWS), (_, i) => ({ timestamp: new Date(1.7e12 + i * 6e7).toISOString() })),
  ),
  passes(
    'splits of their own numbering',
    each(reviewRows(93, ROWS), (_, i) => ({ id: String(i % 60), split: i < 60 ? 'train' : 'test' })),
  ),
]

/** Of `provenance`. */
export const cases: readonly Case[] = [...FLAGS, ...PASSES, ...moreCases]
