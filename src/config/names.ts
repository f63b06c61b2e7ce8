import { z } from 'zod'
import { type ConfigKey, configKeys, optionSchemas } from './schema.js'

const words = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter}`)

/** `failOn` → `fail-on`, the flag without its dashes. */
export const flagName = (key: ConfigKey): string => words(key).replaceAll('_', '-').toLowerCase()

/** `failOn` → `CREDENCE_FAIL_ON`. */
export const variableName = (key: ConfigKey): string => `CREDENCE_${words(key).toUpperCase()}`

export const keyOfVariable: ReadonlyMap<string, ConfigKey> = new Map(configKeys.map((key) => [variableName(key), key]))

/** What a value typed as text is to become. */
export type TextKind = 'text' | 'number' | 'boolean' | 'list'

/** Looks through defaults, nulls and transforms at the type below. */
export function textKind(key: ConfigKey): TextKind {
  return kindOf(optionSchemas[key])
}

function kindOf(schema: unknown): TextKind {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodNullable)
    return kindOf(schema.unwrap())
  if (schema instanceof z.ZodPipe) return kindOf(schema.in)
  if (schema instanceof z.ZodUnion) return schema.options.some((part) => kindOf(part) === 'number') ? 'number' : 'text'
  if (schema instanceof z.ZodNumber) return 'number'
  if (schema instanceof z.ZodBoolean) return 'boolean'
  return schema instanceof z.ZodArray ? 'list' : 'text'
}

/** The values that an option is limited to, else an empty list. */
export function allowedValues(key: ConfigKey): readonly string[] {
  let schema: unknown = optionSchemas[key]
  while (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) schema = schema.unwrap()
  if (schema instanceof z.ZodArray) schema = schema.element
  return schema instanceof z.ZodEnum ? schema.options.map(String) : []
}

/** An option's default as one would write it (`auto`, `2GiB`), not as it is resolved. */
export function optionDefault(key: ConfigKey): unknown {
  return z.toJSONSchema(optionSchemas[key], { io: 'input' }).default
}

const TRUE = ['1', 'true', 'yes', 'on']
const FALSE = ['0', 'false', 'no', 'off', '']

/** A flag's or variable's text as the type that its option wants; text that does not fit stays text, for validation to name. */
export function fromText(key: ConfigKey, text: string): unknown {
  switch (textKind(key)) {
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
    case 'boolean':
      return TRUE.includes(text.toLowerCase()) ? true : FALSE.includes(text.toLowerCase()) ? false : text
    case 'list':
      return text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    case 'text':
      return text
  }
}
