/** The YAML header of a data card, `README.md`, as Hugging Face reads it (docs: "Dataset Cards", datasets: `DatasetCardData`). */
import { parseDocument } from 'yaml'
import { checkSize, MOST_HEADER_BYTES, MOST_TABLES, MOST_TERMS, shown } from './bounds.js'
import { CredenceError } from '../errors.js'
import { NOTHING, type Declared, type Problem } from './declaration.js'
import { tablesOfInfo } from './features.js'
import { at, isKeyed, listOf, textAt, textsOf } from './values.js'

/** Each alias may stand for all that its anchor holds. */
const MOST_ALIASES = 50

/** @returns null where the file has no header: then it is a page, and declares nothing. @throws CredenceError `format`, `limit` */
export function readDataCard(text: string): Declared | null {
  const header = headerOf(text)
  if (header === null) return null
  const value = yamlOf(header)
  if (value === null || value === undefined) return null
  if (!isKeyed(value)) throw new CredenceError('format', 'its header is no list of keys and values')
  const problems: Problem[] = []
  const licenses = textsOf(at(value, 'license'), MOST_TERMS)
  if (at(value, 'license') !== undefined && licenses.length === 0)
    problems.push({ code: 'license', text: `license is no text: ${shown(at(value, 'license'))}` })
  const link = [textAt(value, 'license_name'), textAt(value, 'license_link')].flatMap((named) => named ?? [])
  const infos = listOf(at(value, 'dataset_info')).filter(isKeyed)
  if (at(value, 'dataset_info') !== undefined && infos.length === 0)
    problems.push({ code: 'dataset_info', text: 'dataset_info is no object' })
  const patterns = configPatterns(at(value, 'configs'))
  const tables = infos.slice(0, MOST_TABLES).flatMap((info) => {
    const config = textAt(info, 'config_name') ?? 'default'
    const own = patterns.get(config)
    // Which files are whose is known where there is one configuration, or where its files are named.
    if (own === undefined && infos.length > 1) return []
    return tablesOfInfo(info, config, own ?? null)
  })
  return {
    ...NOTHING,
    licenses: licenses.some((license) => license.toLowerCase() === 'other') && link.length > 0 ? link.slice(0, 1) : licenses,
    origins: textsOf(at(value, 'source_datasets'), MOST_TERMS).filter((source) => source !== 'original'),
    patterns: [...patterns.values()].flatMap((splits) => [...splits.values()].flat()),
    tables,
    problems,
    missing: licenses.length === 0 ? ['license'] : [],
  }
}

/** What stands between the two lines of dashes that a card begins with. */
function headerOf(text: string): string | null {
  const plain = text.replace(/^\ufeff/, '')
  if (!/^---[ \t]{0,8}\r?\n/.test(plain)) return null
  const begins = plain.indexOf('\n') + 1
  const end = /^---[ \t]{0,8}$/m.exec(plain.slice(begins, begins + MOST_HEADER_BYTES).replaceAll('\r', ''))
  if (end !== null)
    return plain
      .slice(begins, begins + MOST_HEADER_BYTES)
      .replaceAll('\r', '')
      .slice(0, end.index)
  throw new CredenceError('limit', `its header does not end within ${MOST_HEADER_BYTES} characters`)
}

/** @throws CredenceError `format`, `limit` */
function yamlOf(header: string): unknown {
  let value: unknown
  try {
    // Looking for keys that stand twice takes the square of their number.
    const document = parseDocument(header, { prettyErrors: false, stringKeys: true, uniqueKeys: false, logLevel: 'silent' })
    const [fault] = document.errors
    if (fault !== undefined) throw new Error(fault.message)
    value = document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    throw new CredenceError(
      'format',
      `its header is not YAML: ${error instanceof Error ? error.message.split('\n')[0]?.slice(0, 200) : ''}`,
    )
  }
  checkSize(value)
  return value
}

/** Of each configuration, patterns of files by split. */
function configPatterns(configs: unknown): Map<string, Map<string, string[]>> {
  const found = new Map<string, Map<string, string[]>>()
  for (const config of listOf(configs).slice(0, MOST_TABLES)) {
    const name = textAt(config, 'config_name') ?? 'default'
    const splits = new Map<string, string[]>()
    for (const files of listOf(at(config, 'data_files'))) {
      const split = textAt(files, 'split') ?? 'train'
      const paths = isKeyed(files) ? textsOf(at(files, 'path'), 1000) : textsOf(files, 1)
      splits.set(split, [...(splits.get(split) ?? []), ...paths])
    }
    if (splits.size > 0) found.set(name, splits)
  }
  return found
}
