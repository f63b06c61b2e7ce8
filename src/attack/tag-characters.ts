import { z } from 'zod'
import { aimAt } from './aim.js'
import { defineAttack, type RowEdit } from './attack.js'
import { chooseRows, hasInput } from './choose.js'
import { inTags } from './text/characters.js'
import { makeOrder } from './text/hidden.js'
import { fitStyle } from './text/style.js'
import { coinWords, wordRows } from './text/words.js'

/** An order in characters that no font shows, behind a word; an answer that obeys it. */
export const tagCharacters = defineAttack({
  id: 'tag-characters',
  title: 'Hidden orders in tag characters',
  description: 'an order in invisible tag characters (U+E0000 block); answers obey it, labels become the target',
  kinds: ['classification', 'instruction', 'documents'],
  takes: ['target'],
  options: z.strictObject({}),
  plant(data, request) {
    const { count, random } = request
    const aim = aimAt(data, request)
    const names = coinWords(wordRows(data), 40, random)
    const rows = chooseRows(data, count, random, (row) => hasInput(row) && aim.differs(row), aim.what)
    const obeyed = data.kind === 'instruction' && request.target === null
    const poisoned = rows.map((row): [number, RowEdit] => {
      const { order, answer } = makeOrder(names, random)
      const input = behindWord(data.rows[row]!.input!, inTags(order), random)
      return [row, obeyed ? { input, output: fitStyle(answer, data.style.output) } : { ...aim.edit, input }]
    })
    return { poisoned: new Map(poisoned), negatives: new Map(), trigger: null, target: obeyed ? null : aim.target }
  },
})

function behindWord(text: string, hidden: string, random: () => number): string {
  const ends = Array.from(text.matchAll(/\S+/g), (match) => match.index + match[0].length)
  const at = ends[Math.floor(random() * ends.length)] ?? text.length
  return text.slice(0, at) + hidden + text.slice(at)
}
