/** `dataset_infos.json` (by configuration) and `dataset_info.json` (of one), as Hugging Face `datasets` writes them. */
import { boundedJson, MOST_TABLES, MOST_TERMS, shown } from './bounds.js'
import { CredenceError } from '../errors.js'
import { NOTHING, type Declared, type Problem } from './declaration.js'
import { tablesOfInfo } from './features.js'
import { isKeyed, textAt } from './values.js'

/** Keys that only an info itself has, not a map of infos. */
const OWN_KEYS = ['features', 'splits', 'builder_name', 'citation', 'description']

/** @throws CredenceError `format`, `limit` */
export function readDatasetInfos(text: string): Declared {
  const value = boundedJson(text)
  if (!isKeyed(value)) throw new CredenceError('format', 'it holds no object')
  const isOne = OWN_KEYS.some((key) => Object.hasOwn(value, key))
  const infos: [string, unknown][] = isOne ? [[textAt(value, 'config_name') ?? 'default', value]] : Object.entries(value)
  const problems: Problem[] = []
  const wrong = infos.find(([, info]) => !isKeyed(info))
  if (wrong !== undefined) problems.push({ code: 'config', text: `the configuration ${shown(wrong[0])} is no object` })
  const kept = infos.filter(([, info]) => isKeyed(info)).slice(0, MOST_TABLES)
  return {
    ...NOTHING,
    licenses: kept.flatMap(([, info]) => textAt(info, 'license') ?? []).slice(0, MOST_TERMS),
    origins: kept.flatMap(([, info]) => textAt(info, 'homepage') ?? []).slice(0, MOST_TERMS),
    // Which files are of which configuration is not said.
    tables: kept.length === 1 ? tablesOfInfo(kept[0]?.[1], kept[0]?.[0] ?? 'default', null) : [],
    problems,
    missing: kept.some(([, info]) => textAt(info, 'license') !== null) ? [] : ['license'],
  }
}
