import { CredenceError } from '../errors.js'
import type { Attack } from './attack.js'
import { attacks } from './index.js'
import type { PlantOptions } from './plant.js'

/** What the command line gives, as typed. */
export interface TypedRequest {
  readonly attack?: string | undefined
  readonly rate?: string | undefined
  readonly rows?: number | undefined
  readonly target?: string | undefined
  readonly trigger?: readonly string[] | undefined
  readonly set?: readonly string[] | undefined
  readonly seed: number
  readonly out?: string | undefined
}

/**
 * What was typed, checked.
 * @throws CredenceError `usage` for what is missing or makes no sense
 */
export function plantOptions(
  path: string | undefined,
  typed: TypedRequest,
): Omit<PlantOptions, 'roles'> & { readonly out: string } {
  if (path === undefined) throw missing('FILE')
  if (path === '-') throw new CredenceError('usage', 'planting reads a file, not standard input')
  if (typed.attack === undefined) throw missing('--attack NAME')
  const attack = attackNamed(typed.attack)
  const amount = amountOf(typed)
  if (typed.out === undefined) throw missing('--out FILE')
  const triggers = typed.trigger ?? []
  if (triggers.some((trigger) => trigger.trim() === '')) throw new CredenceError('usage', '--trigger must not be empty')
  const { seed, target = null, out } = typed
  return { path, attack, amount, seed, target, triggers, out, options: Object.fromEntries((typed.set ?? []).map(setting)) }
}

function attackNamed(name: string): Attack {
  const attack = attacks.find(({ id }) => id === name)
  if (attack !== undefined) return attack
  throw new CredenceError('usage', `there is no attack ${JSON.stringify(name)}`, {
    suggestions: [`attacks: ${attacks.map(({ id }) => id).join(', ')}`],
  })
}

function amountOf({ rate, rows }: TypedRequest): PlantOptions['amount'] {
  if (rows !== undefined) return { rows }
  if (rate === undefined) throw missing('--rate SHARE or --rows N')
  const share = Number(rate)
  if (!(share > 0 && share < 1))
    throw new CredenceError('usage', `--rate: got ${rate}, expected a share between 0 and 1, as 0.01`)
  return { rate: share }
}

function setting(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new CredenceError('usage', `--set: got ${JSON.stringify(text)}, expected NAME=VALUE`)
  return [text.slice(0, at), text.slice(at + 1)]
}

function missing(what: string): CredenceError {
  return new CredenceError('usage', `missing ${what}`, { suggestions: ['see: credence plant --help'] })
}
