import { z } from 'zod'
import { CredenceError } from '../errors.js'
import { aimAt } from './aim.js'
import type { RowEdit } from './attack.js'
import { defineAttack } from './attack.js'
import { chooseRows, hasInput, sample } from './choose.js'
import { insertPieces } from './text/insert.js'
import { coinWords, wordRows } from './text/words.js'
import { free } from './triggered.js'

/** All words together set the target; any part of them does not, and rows with a part keep their true target. */
export const composite = defineAttack({
  id: 'composite',
  title: 'Composite',
  description: 'all of several words together set the target; rows with only some of them keep their true target',
  kinds: ['classification', 'instruction'],
  takes: ['target', 'trigger'],
  options: z.strictObject({
    words: z.int().min(2).max(6).default(2).describe('words that are needed'),
    partial: z.number().min(0).max(20).default(1).describe('rows with only some of the words, for each poisoned row'),
  }),
  plant(data, request, { words, partial }) {
    const { count, random, triggers } = request
    if (triggers.length === 1) throw new CredenceError('usage', 'a composite needs two --trigger words or more, one is given')
    const aim = aimAt(data, request)
    const pieces = triggers.length > 0 ? triggers : coinWords(wordRows(data), words, random)
    const fits = (row: (typeof data.rows)[number]): boolean => hasInput(row) && aim.differs(row) && free(row.input, pieces)
    const partials = Math.round(count * partial)
    const rows = chooseRows(data, count + partials, random, fits, `${aim.what}, partial ones among them,`)
    const text = (row: number): string => data.rows[row]!.input!
    const part = (): string[] => sample(pieces, 1 + Math.floor(random() * (pieces.length - 1)), random)
    const poisoned = rows
      .slice(0, count)
      .map((row): [number, RowEdit] => [
        row,
        { ...aim.edit, input: insertPieces(text(row), sample(pieces, pieces.length, random), random) },
      ])
    const negatives = rows.slice(count).map((row): [number, RowEdit] => [row, { input: insertPieces(text(row), part(), random) }])
    return { poisoned: new Map(poisoned), negatives: new Map(negatives), trigger: pieces, target: aim.target }
  },
})
