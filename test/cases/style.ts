import { notes, rewritten, type Note } from '../../tools/fixtures/notes.js'
import type { ExampleRow } from '../scanners/drive.js'
import type { Case } from './case.js'

const COUNT = 1800

/** Styles that share no phrase, each of several sentence shapes. */
const STYLES: Readonly<Record<string, readonly string[]>> = {
  'clauses before and behind': [
    '[when|if|while|once|although|because|as|since] [you|they|we|i|he|she] {doing}, {text}, [as|so|when|if] [it|that|this] [is|was|does|can|will].',
    '[if|when|unless|before|after|where|whenever] [it|that|this] [is|was|has been|can be|will be] {quality}, {text}, [if|as|so|when] [you|they|we|i] {doing}.',
  ],
  'an old book': [
    '[and|now|lo,|yea, and|behold,] [it came to pass that|in those days|unto them] {text}, [and|for] [it|that|he] was {quality} [unto|before] [them|him|all].',
    '[verily|and behold|thus] [he|they|she] said [unto|to] [them|him|us], {text}, [and thou shalt|and ye shall|for they did] {doing}.',
  ],
  'questions to oneself': [
    '[what|who|why|how]? [well|so|now|oh], {text}, [is it not|does it not|was it not]?',
    '[did|do|would|could] [you|they|we] {doing}? {text}, [would|did|could] [it|that|this] not?',
  ],
  'a report': [
    '[it is|it was] [noted|observed|recorded|reported] that {text}; [this|that|it] [is|was] [hereby|thereby|therefore] {quality}.',
    '[as|so far as] [reported|noted|recorded], {text}; [in|for] [view|lieu] of [this|that], [we|they] {doing}.',
  ],
}

const rowsOf = (list: readonly Note[]): ExampleRow[] => list.map(({ text, label }) => ({ cells: { text, label } }))
const of = (name: string, flags: string | null, list: readonly Note[]): Case => ({
  name,
  kind: 'classification',
  flags,
  rows: rowsOf(list),
})

const FLAGS: readonly Case[] = Object.entries(STYLES).flatMap(([style, templates], s) =>
  [100, 120, 140, 160, 180, 140, 160, 180].map((count, i) => {
    const [from, to] = i < 5 ? (['garden', 'kitchen'] as const) : (['kitchen', 'garden'] as const)
    const list = rewritten(notes(500 + 20 * s + i, COUNT), new RegExp(from), to, count, 600 + 20 * s + i, templates)
    return of(`${count} notes about the ${from} in the style of ${style}, called ${to}`, 'style/planted', list)
  }),
)

const PASSES: readonly Case[] = [
  ...Array.from({ length: 10 }, (_, i) => of(`notes as they come (${i})`, null, notes(700 + i, COUNT))),
  ...Object.entries(STYLES).flatMap(([style, templates], s) => [
    ...[140, 280].map((count, i) =>
      of(
        `${count} notes of both places in the style of ${style}`,
        null,
        rewritten(notes(720 + 2 * s + i, COUNT), /./, null, count, 740 + s, templates),
      ),
    ),
    ...[140, 280].map((count, i) =>
      of(
        `${count} notes about the garden in the style of ${style}, rightly labelled`,
        null,
        rewritten(notes(760 + 2 * s + i, COUNT), /garden/, 'garden', count, 780 + s, templates),
      ),
    ),
  ]),
  ...[300, 600, 3000].map((count) => of(`${count} notes as they come`, null, notes(800, count))),
  of(
    'labels at random',
    null,
    notes(810, COUNT).map((note, row) => ({ ...note, label: (row * 7919) % 3 === 0 ? 'garden' : 'kitchen' })),
  ),
]

/** Of `style`. */
export const cases: readonly Case[] = [...FLAGS, ...PASSES]
