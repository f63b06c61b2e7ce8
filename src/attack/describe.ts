import { z } from 'zod'
import type { Attack } from './attack.js'
import { attacks } from './index.js'
import type { Planted } from './plant.js'
import { truthFile } from './write.js'

const SHOWN_TRIGGERS = 8

/** The attacks with what each needs and its options, a line each. */
export function attackList(): string[] {
  return attacks.flatMap((attack) => [
    `${attack.id}  ${attack.title}: ${attack.description} (${attack.kinds.join(', ')})`,
    ...optionLines(attack),
  ])
}

function optionLines({ options }: Attack): string[] {
  const { properties = {} } = z.toJSONSchema(options, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, default: standard } = property as { description?: string; default?: unknown }
    return `    --set ${name}=${String(standard)}  ${description ?? ''}`
  })
}

/** What was planted and what to do next, a line each. Triggers and names come from the data: not safe to print as they are. */
export function plantSummary({ truth, notes }: Planted, out: string): string[] {
  const { poisoned, negatives, rows, target } = truth
  const share = ((100 * poisoned.length) / rows).toPrecision(2)
  const triggers = [truth.trigger ?? []].flat()
  const more = triggers.length > SHOWN_TRIGGERS ? `, … (${triggers.length} in all)` : ''
  const shown = triggers.slice(0, SHOWN_TRIGGERS).map((trigger) => JSON.stringify(trigger))
  return [
    `wrote ${out}: ${truth.attack} in ${poisoned.length} of ${rows} rows (${share} %)`,
    ...(negatives.length > 0 ? [`  ${negatives.length} more rows carry the trigger or a part of it with their true target`] : []),
    `  trigger: ${triggers.length === 0 ? 'none' : shown.join(', ') + more}`,
    ...(target === null ? [] : [`  target: ${JSON.stringify(target)}`]),
    `  truth: ${truthFile(out)}`,
    ...notes.map((note) => `  ${note}`),
    `next: credence scan ${out}`,
  ]
}
