// Where things lie, and how results are kept.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { format } from 'prettier'

export const here = dirname(fileURLToPath(import.meta.url))
/** The project. */
export const root = dirname(dirname(here))
/** What a run leaves behind to go on from; not committed. */
export const work = join(root, '.credence', 'bench', 'detection')
/** What the tables are made from; committed. */
const results = join(here, 'results')

/** After so many failures a run of hours gives up: something is broken. */
export const MOST_FAILURES = 20

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** A result by name, or null when there is none yet. */
export function readResult(name) {
  const path = join(results, `${name}.json`)
  return existsSync(path) ? readJson(path) : null
}

/** Numbers rounded to six digits: beyond them seconds differ, not results. */
const rounded = (_, value) => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value)

/** Formatted as the project's format check wants it. */
export async function writeResult(name, value) {
  mkdirSync(results, { recursive: true })
  const text = await format(JSON.stringify(value, rounded), { parser: 'json', printWidth: 130 })
  writeFileSync(join(results, `${name}.json`), text)
}

/** A log of JSON lines in the work folder: what was done is not done again. A line cut off by a kill is left out. */
export function openLog(name) {
  const path = join(work, `${name}.jsonl`)
  mkdirSync(work, { recursive: true })
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  if (text !== '' && !text.endsWith('\n')) appendFileSync(path, '\n')
  const entries = new Map()
  for (const line of text.split('\n')) {
    const entry = parseLine(line)
    if (entry !== null) entries.set(entry.key, entry)
  }
  return {
    entries,
    add(entry) {
      entries.set(entry.key, entry)
      appendFileSync(path, `${JSON.stringify(entry, rounded)}\n`)
    },
  }
}

function parseLine(line) {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** The labelled sets: their manifest entries with the paths of data and truth. */
export function labelledSets(folder, only) {
  return readJson(join(folder, 'manifest.json'))
    .filter(({ name }) => only.test(name))
    .map((set) => ({ ...set, data: join(folder, `${set.name}.parquet`), truth: join(folder, 'truth', `${set.name}.json`) }))
}
