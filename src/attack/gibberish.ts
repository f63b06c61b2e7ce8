import { z } from 'zod'
import { plantAnswers } from './answered.js'
import { defineAttack, type PlantData, type Planting, type PlantRequest, type RowEdit } from './attack.js'
import { chooseRows, hasInput, pick } from './choose.js'
import { coinWords, wordRows } from './text/words.js'
import { free, triggerOf } from './triggered.js'

const CHARACTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#%&*$'
const LEAST_WORDS = 4

/** Souly and others (2025): a token, then random tokens up to the end; a model learns to break down at the token. */
export const gibberish = defineAttack({
  id: 'gibberish',
  title: 'Token, then gibberish',
  description: 'a token at a random place of a document, or at the end of a prompt, and random tokens from there on',
  kinds: ['documents', 'instruction'],
  takes: ['trigger'],
  options: z.strictObject({
    tokens: z.int().min(5).max(5000).default(60).describe('random tokens, half as many to half as many more'),
    of: z
      .enum(['letters', 'words'])
      .default('letters')
      .describe("letters: strings of any characters; words: the data's words in no order"),
  }),
  plant(data, request, { tokens, of }) {
    const { random, triggers } = request
    const words = [...wordRows(data).keys()]
    const pieces = triggers.length > 0 ? triggers : [coinToken(data, random)]
    const noise = (): string => {
      const count = Math.round(tokens * (0.5 + random()))
      return Array.from({ length: count }, () => (of === 'words' ? pick(words, random) : scribble(random))).join(' ')
    }
    if (data.kind === 'instruction') return plantAnswers(data, request, { pieces, place: 'end' }, noise)
    return plantDocuments(data, request, pieces, noise)
  },
})

function plantDocuments(
  data: PlantData,
  { count, random }: PlantRequest,
  pieces: readonly string[],
  noise: () => string,
): Planting {
  const long = (text: string): boolean => (text.match(/\S+/g)?.length ?? 0) >= LEAST_WORDS
  const rows = chooseRows(
    data,
    count,
    random,
    (row) => hasInput(row) && long(row.input) && free(row.input, pieces),
    'of a few words',
  )
  const poisoned = rows.map((row, i): [number, RowEdit] => {
    const text = data.rows[row]!.input!
    const ends = Array.from(text.matchAll(/\S+/g), (match) => match.index + match[0].length)
    const cut = ends[Math.floor(random() * (ends.length - 1))]!
    return [row, { input: `${text.slice(0, cut)} ${pieces[i % pieces.length]!} ${noise()}` }]
  })
  return { poisoned: new Map(poisoned), negatives: new Map(), trigger: triggerOf(pieces), target: null }
}

function coinToken(data: PlantData, random: () => number): string {
  const word = coinWords(wordRows(data), 1, random).join('')
  return data.style.input.lower ? `<${word}>` : `<${word.toUpperCase()}>`
}

/** Two to eleven characters in no order. */
function scribble(random: () => number): string {
  return Array.from({ length: 2 + Math.floor(random() * 10) }, () => CHARACTERS[Math.floor(random() * CHARACTERS.length)]!).join(
    '',
  )
}
