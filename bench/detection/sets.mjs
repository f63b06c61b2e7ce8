// The labelled sets: credence and every baseline on the same rows.
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { indicator, LEAST_FPR, measure, plain, recallAt, triggersNamed } from './metrics.mjs'
import { labelledSets, readJson, readResult, writeResult } from './places.mjs'
import { baselines } from './python.mjs'
import { scan } from './credence.mjs'

/** The planted triggers that stand in a planted row as they are written: a style or a parse tree cannot be named. */
async function lexicalTriggers(set, truth) {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(set.data), compressors })
  const texts = truth.poisoned.map((row) => plain(Object.values(rows[row]).map(String).join(' ')))
  return [truth.trigger ?? []].flat().filter((trigger) => texts.some((text) => text.includes(plain(trigger))))
}

async function runSet(set, credence) {
  const truth = readJson(set.truth)
  const planted = indicator(truth.rows, truth.poisoned)
  const found = await scan(credence, set.data, truth.rows)
  const own = measure(found.scores, found.flags, planted)
  const trigger = triggersNamed(await lexicalTriggers(set, truth), found.findings)
  const methods = { credence: { ...own, alarms: found.findings.length, trigger, seconds: found.seconds } }
  const equalFpr = Math.max(own.fpr, LEAST_FPR)
  for (const [method, { scores, flags, seconds }] of Object.entries(baselines(set, credence.dist))) {
    if (scores.length !== truth.rows) throw new Error(`${set.name}: ${method} scored ${scores.length} of ${truth.rows} rows`)
    methods[method] = { ...measure(scores, flags, planted), recallAtEqualFpr: recallAt(equalFpr, scores, planted), seconds }
  }
  const { rows, poisoned } = truth
  return { credence: credence.version, kind: set.kind, rows, planted: poisoned.length, nStar: found.nStar, equalFpr, methods }
}

/** Runs the sets whose name matches and stores their results; results of other sets stay. Returns what failed. */
export async function runSets({ credence, data, only }) {
  const failed = []
  const sets = labelledSets(data, only)
  if (sets.length === 0) throw new Error(`no set in ${data} has a name that matches --only`)
  for (const set of sets) {
    try {
      const result = await runSet(set, credence)
      await writeResult('sets', { ...readResult('sets'), [set.name]: result })
      const { recall, fpr } = result.methods.credence
      console.error(`${set.name}: recall ${recall?.toFixed(3) ?? '–'}, FPR ${fpr.toFixed(5)}`)
    } catch (error) {
      failed.push(`${set.name}: ${error.message}`)
    }
  }
  return failed
}
