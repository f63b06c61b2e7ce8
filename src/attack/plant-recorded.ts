import { resolve } from 'node:path'
import { plant, type Planted, type PlantOptions } from './plant.js'
import { writePlanted } from './write.js'
import { hashFile } from '../read/hash-file.js'
import { checkInputs, recordOf, takeInput } from '../lineage/make.js'
import type { Parameters } from '../lineage/record.js'
import { recordOfFile, writeRecord } from '../lineage/store.js'

/**
 * Plants, and writes the copy, its truth and the record of its lineage.
 * @throws CredenceError as {@link plant} does, and `io`
 */
export async function plantRecorded(options: PlantOptions, out: string): Promise<Planted> {
  const startedAt = new Date()
  const { path, attack, seed, target, triggers, roles } = options
  const input = await takeInput({ name: path, files: [{ absolute: resolve(path), path }] })
  const planted = await plant(options)
  await checkInputs([input])
  await writePlanted(planted, out)
  const { bytes, sha256 } = await hashFile({ absolute: resolve(out), path: out })
  const record = recordOfFile(resolve(out))
  const parameters: Parameters = { attack: attack.id, seed, target, triggers: [...triggers], roles, options: optionsOf(planted) }
  const outputs = [{ path: resolve(out), bytes, sha256 }]
  await writeRecord(record, recordOf({ record, operation: 'plant', parameters, startedAt, inputs: [input], outputs }))
  return planted
}

/** As the truth has them: plain JSON. */
function optionsOf({ truth }: Planted): Parameters {
  return JSON.parse(JSON.stringify(truth.options)) as Parameters
}
