/** What `credence lineage` follows: the same facts as in `clean.json`, in the form that all operations share. */
import { join, resolve } from 'node:path'
import type { Receipt } from './receipt.js'
import type { CleanWork } from './write-clean.js'
import { found, recordOf } from '../lineage/make.js'
import { FOLDER_RECORD, writeRecord } from '../lineage/store.js'

export async function writeLineage({ plans, options, staging }: CleanWork, receipt: Receipt, startedAt: Date): Promise<void> {
  const out = resolve(options.cwd ?? process.cwd(), options.out)
  const { operation, report, wasDerivedFrom } = receipt
  const files = wasDerivedFrom.map(({ path, bytes, sha256 }, i) => {
    const { absolute } = plans[i]!.file.source
    return { absolute, inside: path, bytes, sha256 }
  })
  const known = await found(files.map(({ absolute }) => absolute))
  const record = recordOf({
    record: join(out, FOLDER_RECORD),
    operation: 'clean',
    parameters: { ...operation, report: { ...report } },
    startedAt,
    inputs: [{ name: options.data.join(' '), at: null, files, ...known }],
    outputs: wasDerivedFrom.map(({ kept: { path, bytes, sha256 } }) => ({ path: join(out, path), bytes, sha256 })),
  })
  await writeRecord(join(staging, FOLDER_RECORD), record)
}
