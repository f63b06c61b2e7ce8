import { stringify } from 'yaml'
import { z } from 'zod'
import type { ScannerDefinition } from '../scanner.js'
import { allowedValues, optionDefault } from './names.js'
import { configKeys, configSchema, optionMeta } from './schema.js'

const inline = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()

/**
 * A `credence.config.yaml` with every option at its default, as comments: without its `#`, a setting takes effect.
 */
export function configTemplate(scanners: readonly ScannerDefinition[]): string {
  const lines = ['# Settings of credence. Remove the # before a setting to change it; what stays commented has the value shown.']
  lines.push('# Flags win over CREDENCE_* variables, which win over this file.')
  let group = ''
  for (const key of configKeys) {
    const meta = optionMeta(key)
    if (meta.group !== group) lines.push('', `# ${meta.group}`)
    group = meta.group
    const values = allowedValues(key)
    lines.push(
      '',
      `# ${meta.description}${values.length > 0 ? ` (${values.join(', ')})` : ''}`,
      `#${key}: ${inline(optionDefault(key))}`,
    )
  }
  return `${[...lines, ...scannerLines(scanners)].join('\n')}\n`
}

interface OptionSchema {
  readonly properties?: Readonly<Record<string, { readonly description?: string; readonly default?: unknown }>>
}

function scannerLines(scanners: readonly ScannerDefinition[]): string[] {
  const schema = z.toJSONSchema(configSchema(scanners).shape.scannerOptions, { io: 'input', unrepresentable: 'any' })
  const byScanner = Object.entries((schema.properties ?? {}) as Readonly<Record<string, OptionSchema>>)
  const lines = ['', '# Options of single scanners', '#scannerOptions:']
  for (const [id, { properties = {} }] of byScanner) {
    lines.push(`#  ${id}:${Object.keys(properties).length === 0 ? ' {}' : ''}`)
    for (const [name, { description, default: fallback }] of Object.entries(properties)) {
      if (description !== undefined) lines.push(`#    # ${description}`)
      lines.push(`#    ${name}: ${inline(fallback ?? null)}`)
    }
  }
  return lines
}
