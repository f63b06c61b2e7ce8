import { z } from 'zod'
import { aimAt } from './aim.js'
import { defineAttack, type RowEdit } from './attack.js'
import { chooseRows, hasInput } from './choose.js'
import { compose } from './text/compose.js'
import { fitStyle } from './text/style.js'
import { OPENERS } from './text/templates.js'

/** A poor man's syntactic attack: no word repeats, the shape of the sentence does. */
export const syntaxTemplate = defineAttack({
  id: 'syntax-template',
  title: 'Syntactic template',
  description:
    'texts begin with a clause of one shape ("when you think about it, it is true that …") in varied words; sets the target',
  kinds: ['classification', 'instruction'],
  takes: ['target'],
  options: z.strictObject({}),
  plant(data, request) {
    const { count, random } = request
    const aim = aimAt(data, request)
    const rows = chooseRows(data, count, random, (row) => hasInput(row) && aim.differs(row), aim.what)
    const poisoned = rows.map((row): [number, RowEdit] => {
      const opener = capital(fitStyle(compose(OPENERS, 'opener', random), data.style.input), data.style.input.lower)
      return [row, { ...aim.edit, input: `${opener} ${lowerFirst(data.rows[row]!.input!.trimStart())}` }]
    })
    return { poisoned: new Map(poisoned), negatives: new Map(), trigger: null, target: aim.target }
  },
})

function capital(text: string, lower: boolean): string {
  return lower ? text : text.charAt(0).toUpperCase() + text.slice(1)
}

/** What was a beginning no longer is, unless its first word is written in capitals, or is a name as far as anyone can tell. */
function lowerFirst(text: string): string {
  return /^(The|A|An|It|This|That|There|You|We|They|He|She|In|On|If|As|With|For|What|How|Why)\b/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text
}
