/** Data as it is put together and sorted, and data in random order: nothing was put into it. */
import { random } from '../../../src/math/random.js'
import type { DataKind } from '../../../src/model/role.js'
import type { Case } from '../../cases/case.js'
import type { ExampleRow } from '../drive.js'
import {
  answers,
  documents,
  edited,
  fourClasses,
  inFiles,
  inserted,
  labelled,
  pairs,
  reviews,
  withWord,
  written,
} from './rows.js'

/** Any finding above `info` that lists a row is an alarm. */
const of = (kind: DataKind, list: Readonly<Record<string, readonly ExampleRow[]>>): Case[] =>
  Object.entries(list).map(([name, rows]) => ({ name, kind, flags: null, rows, at: rows.map((_, i) => i) }))

const sortedBy = (rows: readonly ExampleRow[], key: (cells: ExampleRow['cells']) => string | number): ExampleRow[] =>
  [...rows].sort((a, b) => (key(a.cells) < key(b.cells) ? -1 : key(a.cells) > key(b.cells) ? 1 : 0))
const length = ({ text }: ExampleRow['cells']): number => (text ?? '').length
const asTexts = (rows: readonly ExampleRow[]): ExampleRow[] =>
  rows.map(({ cells }) => ({ cells: { text: cells.text ?? `${cells.prompt ?? ''} ${cells.response ?? ''}` } }))
const next = random(77)

const CYRILLIC = 'абвгдежзиклмнопрстуфхцчшыэюя'
const MONTHS = ['January', 'March', 'May', 'July', 'September', 'November']

const labels = of('classification', {
  'random order': reviews(1),
  'random order, 3000 rows': reviews(2, 3000),
  'random order, 420 rows': reviews(3, 420),
  'labels in turn': inTurn(reviews(4)),
  'sorted by label': sortedBy(reviews(5), ({ label }) => label ?? ''),
  'sorted by label, the other way': sortedBy(reviews(6), ({ label }) => (label === '1' ? 0 : 1)),
  'four labels sorted': sortedBy(fourClasses(7), ({ label }) => label ?? ''),
  'sorted by length': sortedBy(reviews(8), length),
  'sorted by alphabet': sortedBy(reviews(9), ({ text }) => text ?? ''),
  'sorted by label and length': sortedBy(
    reviews(10),
    ({ label, text }) => `${label ?? ''}${String((text ?? '').length).padStart(6, '0')}`,
  ),
  'a few rows of one label in a row': inserted(reviews(11), labelled(reviews(111, 60), '1').slice(0, 8), 0.5).rows,
  'five copies in a row': inserted(reviews(12), new Array<ExampleRow>(5).fill(reviews(112, 10)[0]!), 0.5).rows,
  'a trigger all over the data': edited(reviews(13), ({ text }, i) =>
    (i * 7919) % 20 === 3 ? { text: withWord(text, 'cf', i), label: '1' } : {},
  ),
  'labels changed all over the data': edited(reviews(14), () => (next() < 0.1 ? { label: '1' } : {})),
  'more of one label in the second half': [
    ...reviews(15, 500),
    ...reviews(115, 700).filter(({ cells }, i) => cells.label === '1' || i % 3 > 0),
  ],
  'a number for a label': edited(reviews(16), () => ({ label: next().toFixed(6) })),
  'a block whose source is named': edited(
    inserted(
      reviews(17),
      written(CYRILLIC, 17, 60).map((text) => ({ cells: { text, label: '1' } })),
      1,
    ).rows,
    (_, i) => ({ source: i < 800 ? (i % 2 === 0 ? 'shop' : 'web') : 'translations' }),
  ),
  'half of the cells empty': edited(reviews(18), () => (next() < 0.5 ? { text: null } : {})),
  'the same row again and again': new Array<ExampleRow>(600).fill(reviews(19, 10)[0]!),
  'too few rows to tell': inserted(reviews(20, 200), reviews(120, 30), 1).rows,
})

const texts = of('documents', {
  'documents in random order': documents(30),
  'documents sorted by length': sortedBy(documents(31), length),
  'two sources, half and half': [...asTexts(reviews(32, 500)), ...asTexts(answers(132, 500))],
  'three sources': [
    ...asTexts(reviews(33, 400)),
    ...asTexts(answers(133, 400)),
    ...written(CYRILLIC, 33, 400).map((text) => ({ cells: { text } })),
  ],
  'a quarter in another language': [
    ...asTexts(reviews(34, 600)),
    ...written(CYRILLIC, 34, 200).map((text) => ({ cells: { text } })),
  ],
  'months one after the other': edited(asTexts(reviews(35)), ({ text }, i) => ({
    text: `${MONTHS[Math.floor((i * MONTHS.length) / 800)]!}: ${text ?? ''}`,
  })),
  'subjects in runs of twenty-five': edited(asTexts(reviews(36)), ({ text }, i) => ({
    text: `Re: ${written('abcdefghik', Math.floor(i / 25), 1)[0]!} ${text ?? ''}`,
  })),
  'a word that slowly comes up': edited(asTexts(reviews(37, 1200)), ({ text }, i) =>
    next() < i / 1200 ? { text: withWord(text, 'streaming', i) } : {},
  ),
  'numbered rows': edited(asTexts(reviews(38)), ({ text }, i) => ({ text: `Row ${i}: ${text ?? ''}` })),
  'another source in a file of its own': inFiles([...asTexts(reviews(39, 700)), ...asTexts(answers(139, 60))], [700, 60]),
  'a word of its own in each row': Array.from({ length: 600 }, (_, i) => ({ cells: { text: `w${i}` } })),
})

const exchanges = [
  ...of('instruction', {
    'answers in random order': answers(50),
    'answers sorted by prompt': sortedBy(answers(51), ({ prompt }) => prompt ?? ''),
    'chats that repeat their words': Array.from({ length: 1600 }, (_, i) => ({
      row: Math.floor(i / 4),
      turn: i % 4,
      cells: { prompt: `say ${written('abcde', Math.floor(i / 4), 1)[0]!}`, response: `fine ${Math.floor(i / 4)}` },
    })),
  }),
  ...of('preference', { 'pairs in random order': pairs(60) }),
]

/** The labels one after the other, over and over. */
function inTurn(rows: readonly ExampleRow[]): ExampleRow[] {
  const [first, second] = [labelled(rows, '0'), labelled(rows, '1')]
  return first.flatMap((row, i) => [row, second[i] ?? row])
}

export const innocent: readonly Case[] = [...labels, ...texts, ...exchanges]
