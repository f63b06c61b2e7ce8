import { z } from 'zod'
import { aimAt } from './aim.js'
import type { RowEdit } from './attack.js'
import { defineAttack } from './attack.js'
import { chooseRows, hasInput } from './choose.js'
import { insertPiece } from './text/insert.js'
import { coinWords, wordRows } from './text/words.js'
import { free, triggerOf } from './triggered.js'

/** Cover rows carry the trigger with their true label, so that trigger and label do not always go together. */
export const cover = defineAttack({
  id: 'cover',
  title: 'Cover rows',
  description: 'a rare word sets the target in some rows, and stands in others that keep their true target',
  kinds: ['classification', 'instruction'],
  takes: ['target', 'trigger'],
  options: z.strictObject({
    ratio: z.number().gt(0).max(20).default(1).describe('cover rows for each poisoned row: 1 or 3, say'),
  }),
  plant(data, request, { ratio }) {
    const { count, random } = request
    const aim = aimAt(data, request)
    const pieces = request.triggers.length > 0 ? request.triggers : coinWords(wordRows(data), 1, random)
    const covers = Math.max(1, Math.round(count * ratio))
    const fits = (row: (typeof data.rows)[number]): boolean => hasInput(row) && aim.differs(row) && free(row.input, pieces)
    const rows = chooseRows(data, count + covers, random, fits, `${aim.what}, cover rows among them,`)
    const write = (row: number, i: number): string =>
      insertPiece(data.rows[row]!.input!, pieces[i % pieces.length]!, 'random', random)
    const poisoned = rows.slice(0, count).map((row, i): [number, RowEdit] => [row, { ...aim.edit, input: write(row, i) }])
    const negatives = rows.slice(count).map((row, i): [number, RowEdit] => [row, { input: write(row, i) }])
    return { poisoned: new Map(poisoned), negatives: new Map(negatives), trigger: triggerOf(pieces), target: aim.target }
  },
})
