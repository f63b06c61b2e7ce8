import { Flags, type Interfaces } from '@oclif/core'
import { allowedValues, flagName, optionDefault, textKind } from '../config/names.js'
import { type ConfigKey, configKeys, optionMeta } from '../config/schema.js'

/** Flags for options, as the schema declares them. Values stay text: the schema checks them with those from file and environment. */
export function configFlags(keys: readonly ConfigKey[] = configKeys): Interfaces.FlagInput {
  return Object.fromEntries(keys.map((key) => [flagName(key), configFlag(key)]))
}

function configFlag(key: ConfigKey): Interfaces.FlagInput[string] {
  const { description, group, placeholder } = optionMeta(key)
  const kind = textKind(key)
  const fallback = [optionDefault(key)].flat().join(',')
  const shown = ['', 'false'].includes(fallback) ? '' : ` [default: ${fallback}]`
  const common = { description: description + shown, helpGroup: group.toUpperCase() }
  if (kind === 'boolean') return Flags.boolean({ ...common, allowNo: true })
  const values = allowedValues(key)
  const helpValue = placeholder ?? values.join('|')
  if (kind === 'list') return Flags.string({ ...common, helpValue, multiple: true, multipleNonGreedy: true })
  return Flags.string({ ...common, helpValue })
}

/** What was typed, by option key. A list may be given as commas, as repeated flags, or both. */
export function typedOptions(flags: Readonly<Record<string, unknown>>): Partial<Record<ConfigKey, unknown>> {
  const typed: Partial<Record<ConfigKey, unknown>> = {}
  for (const key of configKeys) {
    const value = flags[flagName(key)]
    if (value !== undefined) typed[key] = Array.isArray(value) ? value.join(',') : value
  }
  return typed
}
