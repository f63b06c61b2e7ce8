// How often default settings raise an alarm on data in which nothing was planted.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { parquetWriteFile } from 'hyparquet-writer'
import { scan } from './credence.mjs'
import { labelledSets, MOST_FAILURES, openLog, writeResult } from './places.mjs'
import { unseenCorpora } from './unseen.mjs'

const CLEAN = /\.clean$/

/** Half of the rows, without replacement, in their order: the same half for the same seed. */
function half(rows, random) {
  const pool = rows.map((_, row) => row)
  const count = Math.floor(rows.length / 2)
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (pool.length - i))
    const row = pool[j]
    pool[j] = pool[i]
    pool[i] = row
  }
  return pool
    .slice(0, count)
    .sort((a, b) => a - b)
    .map((row) => rows[row])
}

/** @param options of the scan */
export async function scanRows(rows, credence, options = []) {
  const folder = mkdtempSync(join(tmpdir(), 'credence-bench-'))
  try {
    const filename = join(folder, 'half.parquet')
    const columnData = Object.keys(rows[0]).map((name) => ({ name, data: rows.map((row) => row[name]) }))
    await parquetWriteFile({ filename, columnData })
    return await scan(credence, filename, rows.length, options)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Random halves of the clean corpora among the labelled sets. Returns what failed. */
export function runClean({ data, ...job }) {
  return scanHalves('clean', labelledSets(data, CLEAN), job)
}

/** The same of corpora that no default was chosen by. */
export function runUnseen(job) {
  return scanHalves('unseen', unseenCorpora(), job)
}

/** Of JSON Lines or Parquet. */
export async function rowsOf(path) {
  if (path.endsWith('.jsonl'))
    return readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  return parquetReadObjects({ file: await asyncBufferFromFile(path), compressors })
}

/** Scans random halves of each corpus until there are `bootstraps` of each or the time is up. */
async function scanHalves(result, corpora, { credence, only, bootstraps, deadline }) {
  const { random, mix32 } = await import(pathToFileURL(resolve(credence.dist, 'src', 'math', 'random.js')).href)
  const log = openLog(result)
  const failed = []
  const loaded = new Map()
  // Seed by seed, not corpus by corpus: a run cut short has looked at every corpus.
  for (let seed = 0; seed < bootstraps; seed++) {
    for (const { name, data: path } of corpora.filter(({ name }) => only.test(name))) {
      const key = `${credence.version}|${name}|${seed}`
      if (log.entries.has(key) || Date.now() > deadline || failed.length >= MOST_FAILURES) continue
      try {
        if (!loaded.has(path)) loaded.set(path, await rowsOf(path))
        const rows = half(loaded.get(path), random(mix32(seed + 1)))
        const { findings, seconds } = await scanRows(rows, credence)
        const alarms = findings.map(({ message, title }) => ({ message, title }))
        log.add({ key, seed, rows: rows.length, alarms, seconds })
        if (alarms.length > 0) console.error(`${name}, half ${seed}: ${alarms.map(({ title }) => title).join('; ')}`)
      } catch (error) {
        failed.push(`${name}, half ${seed}: ${error.message}`)
      }
    }
  }
  await writeResult(result, {
    credence: credence.version,
    bootstraps,
    corpora: corpora.map(({ name }) => summary(name, credence, bootstraps, log)),
  })
  return failed
}

/** What is stored holds no text of the data: findings are counted by message. */
function summary(name, credence, bootstraps, log) {
  const halves = [...log.entries.values()].filter(
    ({ key, seed }) => key === `${credence.version}|${name}|${seed}` && seed < bootstraps,
  )
  const messages = {}
  for (const { message } of halves.flatMap(({ alarms }) => alarms)) messages[message] = (messages[message] ?? 0) + 1
  const alarmed = halves.filter(({ alarms }) => alarms.length > 0).length
  return { name, rows: halves[0]?.rows ?? null, halves: halves.length, alarmed, messages }
}
