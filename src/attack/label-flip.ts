import { z } from 'zod'
import { aimAt } from './aim.js'
import type { RowEdit } from './attack.js'
import { defineAttack } from './attack.js'
import { chooseRows, hasInput } from './choose.js'

/** Labels changed at random rows, with no trigger. */
export const labelFlip = defineAttack({
  id: 'label-flip',
  title: 'Label flip',
  description: 'random rows get the target label; no trigger',
  kinds: ['classification'],
  takes: ['target'],
  options: z.strictObject({}),
  plant(data, request) {
    const aim = aimAt(data, request)
    const rows = chooseRows(data, request.count, request.random, (row) => hasInput(row) && aim.differs(row), aim.what)
    const poisoned = new Map(rows.map((row): [number, RowEdit] => [row, aim.edit]))
    return { poisoned, negatives: new Map(), trigger: null, target: aim.target }
  },
})
