import { CredenceError } from '../errors.js'
import type { RoleChoice } from '../model/report.js'
import { ROLES } from '../model/role.js'
import type { DataKind, Role } from '../model/role.js'
import type { ChatShape } from './chat.js'
import type { ColumnProfile } from './column-profile.js'
import { CHAT_NAMES, MAIN_NAMES, MAIN_ROLES, plainName, PROMPT_PARTS, ROW_NAMES } from './role-names.js'
import type { MainRole } from './role-names.js'

export interface RolePlan {
  readonly kind: DataKind
  /** In the order of `ROLES`. */
  readonly roles: readonly RoleChoice[]
  /** The columns behind each role; several are joined by line breaks. */
  readonly sources: Partial<Record<Role, readonly string[]>>
  /** Set where prompt and response are the turns of a chat column. */
  readonly chat: { readonly column: string; readonly shape: ChatShape } | null
}

interface Choice {
  readonly columns: readonly string[]
  readonly why: string
}

/** Longer on average, and a column holds texts rather than labels. */
const MAX_LABEL_LENGTH = 100
/** More distinct values in the first rows, and an unnamed column is not taken for labels. */
const MAX_LABELS = 50
/** A second column of at least this share of the longest mean length makes the choice of text ambiguous. */
const CLOSE_SHARE = 0.5

/**
 * Finds what each column is for: overrides first, then names, then types and contents.
 * @param overrides column names by role, as given on the command line
 * @throws CredenceError `roles` for an unknown column, an ambiguity, or no text at all
 */
export function chooseRoles(columns: readonly ColumnProfile[], overrides: Partial<Record<Role, string>>): RolePlan {
  return new RoleChooser(columns, overrides).choose()
}

class RoleChooser {
  readonly #columns: readonly ColumnProfile[]
  readonly #chosen = new Map<Role, Choice>()

  constructor(columns: readonly ColumnProfile[], overrides: Partial<Record<Role, string>>) {
    this.#columns = columns
    for (const role of ROLES) {
      const name = overrides[role]
      if (name === undefined) continue
      if (!columns.some((column) => column.name === name))
        throw this.#error(`there is no column ${JSON.stringify(name)} for --${role}`)
      this.#chosen.set(role, { columns: [name], why: `--${role}` })
    }
  }

  choose(): RolePlan {
    const chat = this.#chat()
    const kind = this.#given('chosen', 'rejected') ? this.#preference(true) : chat ? 'instruction' : this.#kind()
    for (const role of ROLES)
      if (!isMain(role))
        this.#choose(
          role,
          ROW_NAMES[role].map((name) => [name]),
          (column) => column.scalar,
        )
    const roles = ROLES.flatMap((role): RoleChoice[] => {
      const choice = this.#chosen.get(role)
      return choice ? [{ role, column: choice.columns.join(' + '), why: choice.why }] : []
    })
    return { kind, roles, sources: Object.fromEntries([...this.#chosen].map(([role, choice]) => [role, choice.columns])), chat }
  }

  #given(...roles: Role[]): boolean {
    return roles.some((role) => this.#chosen.has(role))
  }

  #kind(): DataKind {
    if (!this.#given('text', 'label', 'prompt', 'response') && this.#find('chosen') && this.#find('rejected'))
      return this.#preference(false)
    if (!this.#given('text', 'label') && (this.#given('prompt', 'response') || (this.#find('prompt') && this.#find('response'))))
      return this.#instruction()
    if (!this.#name('text')) this.#longestText()
    if (!this.#name('label')) this.#onlyLabel()
    return this.#given('label') ? 'classification' : 'documents'
  }

  #preference(mustBe: boolean): DataKind {
    for (const role of ['chosen', 'rejected'] as const)
      if (!this.#name(role) && mustBe) throw this.#error(`no column for ${role}`)
    this.#namePrompt()
    return 'preference'
  }

  #instruction(): DataKind {
    this.#namePrompt()
    if (!this.#given('prompt')) throw this.#error('no column for prompt')
    if (!this.#name('response')) throw this.#error('no column for response')
    return 'instruction'
  }

  #namePrompt(): void {
    if (this.#given('prompt') || !this.#name('prompt')) return
    const choice = this.#chosen.get('prompt')
    if (!choice || plainName(choice.columns[0] ?? '') !== 'instruction') return
    const parts = PROMPT_PARTS.flatMap((part) =>
      this.#columns.filter((column) => plainName(column.name) === part && column.textual),
    )
    if (parts.length === 0) return
    const names = parts.map((part) => part.name)
    this.#chosen.set('prompt', {
      columns: [...choice.columns, ...names],
      why: `${choice.why}, joined with ${names.map((name) => JSON.stringify(name)).join(' and ')}`,
    })
  }

  /** A column of message lists, where nothing better is there and no flag speaks against it. */
  #chat(): RolePlan['chat'] {
    const asked = this.#chosen.get('prompt')?.columns[0]
    if (
      this.#given('text', 'label', 'chosen', 'rejected') ||
      (this.#given('response') && this.#chosen.get('response')?.columns[0] !== asked)
    )
      return null
    if (asked === undefined && this.#find('chosen') && this.#find('rejected')) return null
    const candidates = this.#columns.filter(
      (column) => column.chat !== null && (asked === undefined ? true : column.name === asked),
    )
    const named = candidates.filter((column) => CHAT_NAMES.includes(plainName(column.name)))
    const main = ['prompt', 'response'] as const
    if (asked === undefined && named.length === 0 && main.every((role) => this.#find(role))) return null
    const [column, second] = named.length > 0 ? named : candidates
    if (!column?.chat) return null
    if (second) throw this.#ambiguous('prompt', [column, second])
    const why = `${asked === undefined ? '' : '--prompt, '}list of messages with ${column.chat === 'messages' ? 'role and content' : 'from and value'}`
    for (const role of main) this.#chosen.set(role, { columns: [column.name], why })
    return { column: column.name, shape: column.chat }
  }

  /** Chooses by name; true where the role has a column then. */
  #name(role: MainRole): boolean {
    if (this.#given(role)) return true
    const [first, second] = this.#find(role) ?? []
    if (!first) return false
    if (second) throw this.#ambiguous(role, [first, second])
    this.#chosen.set(role, { columns: [first.name], why: `named ${JSON.stringify(first.name)}` })
    return true
  }

  /** The columns of the first tier of names that has any; null where none has. */
  #find(role: MainRole): readonly ColumnProfile[] | null {
    for (const tier of MAIN_NAMES[role]) {
      const found = this.#free().filter((column) => tier.includes(plainName(column.name)) && fits(role, column))
      if (found.length > 0) return found
    }
    return null
  }

  #choose(role: Role, tiers: readonly (readonly string[])[], suits: (column: ColumnProfile) => boolean): void {
    if (this.#given(role)) return
    for (const tier of tiers) {
      const column = this.#free().find((candidate) => tier.includes(plainName(candidate.name)) && suits(candidate))
      if (column) return void this.#chosen.set(role, { columns: [column.name], why: `named ${JSON.stringify(column.name)}` })
    }
  }

  #free(): readonly ColumnProfile[] {
    const taken = new Set([...this.#chosen.values()].flatMap((choice) => choice.columns))
    return this.#columns.filter((column) => !taken.has(column.name))
  }

  /** No name tells: the column with clearly the longest strings. */
  #longestText(): void {
    const rowNames = new Set(Object.values(ROW_NAMES).flat())
    const texts = this.#free()
      .filter((column) => column.textual && column.count > 0 && !rowNames.has(plainName(column.name)))
      .sort((a, b) => b.meanLength - a.meanLength)
    const [longest, next] = texts
    if (!longest) throw this.#error('no column holds text')
    if (next && next.meanLength >= CLOSE_SHARE * longest.meanLength) throw this.#ambiguous('text', [longest, next])
    this.#chosen.set('text', {
      columns: [longest.name],
      why: `longest strings (${Math.round(longest.meanLength)} characters on average)`,
    })
  }

  /** No name tells: the only other column, where it holds few different values. */
  #onlyLabel(): void {
    const rowNames = new Set(Object.values(ROW_NAMES).flat())
    const others = this.#free().filter((column) => !rowNames.has(plainName(column.name)))
    const [only] = others
    if (!only || others.length > 1 || !fits('label', only)) return
    if (only.distinct < 2 || only.distinct > MAX_LABELS || only.distinct * 4 > only.count) return
    this.#chosen.set('label', { columns: [only.name], why: `${only.distinct} different values in the first ${only.count} rows` })
  }

  #ambiguous(role: Role, columns: readonly ColumnProfile[]): CredenceError {
    return this.#error(`${columns.map((column) => JSON.stringify(column.name)).join(' and ')} could both be the ${role}`)
  }

  #error(what: string): CredenceError {
    const list = this.#columns.map((column) => `${JSON.stringify(column.name)} (${column.type})`).join(', ')
    const flags = MAIN_ROLES.map((role) => `--${role} NAME`).join(', ')
    return new CredenceError('roles', `${what}. The columns are: ${list === '' ? 'none' : list}`, {
      suggestions: [`say which column is which with ${flags}`],
    })
  }
}

function isMain(role: Role): role is MainRole {
  return (MAIN_ROLES as readonly Role[]).includes(role)
}

function fits(role: MainRole, column: ColumnProfile): boolean {
  if (role === 'label')
    return (
      column.chat === null &&
      column.meanLength <= MAX_LABEL_LENGTH &&
      (column.scalar || /^list<(u?int|string|bool)/.test(column.type))
    )
  return column.textual || (role !== 'text' && column.chat !== null)
}
