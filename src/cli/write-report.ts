import { constants } from 'node:fs'
import { access, mkdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { Config } from '../config/schema.js'
import { asCredenceError, CredenceError } from '../errors.js'
import type { Report } from '../model/report.js'
import { renderCodeQuality } from '../report/code-quality.js'
import { renderFlags } from '../report/flags.js'
import { renderHtml } from '../report/html.js'
import { renderJson } from '../report/json.js'
import { renderJUnit } from '../report/junit.js'
import { renderMarkdown } from '../report/markdown.js'
import { renderSarif } from '../report/sarif.js'
import type { ScannerDefinition } from '../scanner.js'

/** Of formats whose name is no file ending. */
const ENDINGS: Readonly<Partial<Record<string, string>>> = { junit: 'junit.xml', 'code-quality': 'code-quality.json' }

/**
 * Refuses an `--out` that cannot become a folder, and a `--format` without one, before a long scan rather than after it.
 * @throws CredenceError `usage`
 */
export async function checkOutput({ out }: Pick<Config, 'out'>, flags: Readonly<Record<string, unknown>>): Promise<void> {
  if (out !== null) return checkFolder(out)
  if (flags['format'] !== undefined) throw new CredenceError('usage', '--format needs --out DIR to write to')
}

async function checkFolder(out: string): Promise<void> {
  let folder = resolve(out)
  let found = await stat(folder).catch(() => null)
  while (found === null && dirname(folder) !== folder) {
    folder = dirname(folder)
    found = await stat(folder).catch(() => null)
  }
  if (found?.isDirectory() !== true) throw new CredenceError('usage', `--out ${out}: ${folder} is not a folder`)
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw new CredenceError('usage', `--out ${out}: ${folder} cannot be written to`, { cause: error })
  })
}

/**
 * Writes `flags.parquet` and a report for each format into `out`. All are rendered before any is written; each is written to
 * a temporary name, synced and renamed, so a file is there whole or not at all.
 * @returns their names
 * @throws CredenceError `io`
 */
export async function writeReport(
  report: Report,
  config: Pick<Config, 'format' | 'failOn'>,
  out: string,
  scanners: readonly ScannerDefinition[],
): Promise<string[]> {
  const rules = Object.fromEntries(scanners.flatMap(({ messages }) => Object.entries(messages)))
  const render = {
    json: (): string => renderJson(report),
    md: (): string => renderMarkdown(report, { failOn: config.failOn }),
    html: (): string => renderHtml(report, { failOn: config.failOn, scanners }),
    sarif: (): string => renderSarif(report, rules),
    junit: (): string => renderJUnit(report, { failOn: config.failOn }),
    'code-quality': (): string => renderCodeQuality(report),
  }
  const files: [string, string | Uint8Array][] = [['flags.parquet', renderFlags(report)]]
  for (const format of new Set(config.format)) files.push([`report.${ENDINGS[format] ?? format}`, render[format]()])
  try {
    await mkdir(out, { recursive: true })
    for (const [name, content] of files) {
      await writeFileAtomic(join(out, name), typeof content === 'string' ? content : Buffer.from(content.buffer), { fsync: true })
    }
    return files.map(([name]) => name)
  } catch (error) {
    throw asCredenceError(error, 'io', { file: out })
  }
}
