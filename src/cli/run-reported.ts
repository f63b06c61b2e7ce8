/** What `scan` and `diff` do around their work: progress, the reports, the answer on the terminal, interruptions. */
import { exitCodeOfReport } from './exit-codes.js'
import { createProgress } from './progress.js'
import { unlessInterrupted } from './interrupted.js'
import type { Interruption } from './signals.js'
import { print, terminalWidth, wantsColour } from './terminal.js'
import type { Config } from '../config/schema.js'
import type { Report } from '../model/report.js'
import { renderTerminal } from '../report/terminal.js'
import type { ScanProgress } from '../scan.js'
import type { ScannerDefinition } from '../scanner.js'

export interface Reported {
  readonly config: Config
  readonly flags: Readonly<Record<string, unknown>>
  readonly scanners: readonly ScannerDefinition[]
  /** Whether the same command can go on where it was interrupted. */
  readonly resumable: boolean
  /** Told the names of the files that were written into `--out`. */
  readonly written?: (names: readonly string[]) => Promise<void>
}

/** The report, or what to say and to exit with where there is none yet. */
export type Answer =
  | { readonly report: Report; readonly config: Config; readonly scanners: readonly ScannerDefinition[] }
  | { readonly text: string; readonly code: number }

export interface Watch {
  readonly signal: AbortSignal
  readonly onProgress: (progress: ScanProgress) => void
  readonly onNotice: (line: string) => void
}

/**
 * @param interruption watched since before the command's modules were loaded: a signal counts from the first moment
 * @returns the exit code
 */
export async function runReported(
  interruption: Interruption,
  { config: given, flags, scanners: own, resumable, written }: Reported,
  work: (watch: Watch) => Promise<Report | Answer>,
): Promise<number> {
  const progress = createProgress(process.stderr, given.quiet)
  const line = resumable ? 'interrupted; with --resume the same command goes on from here' : 'interrupted'
  return unlessInterrupted(interruption, line, async () => {
    try {
      // Loaded here, not with the module: a mistyped command should not wait for it.
      const { checkOutput, writeReport } = await import('./write-report.js')
      await checkOutput(given, flags)
      const answered = await work({ signal: interruption.signal, onProgress: progress.update, onNotice: progress.notice })
      progress.clear()
      if ('text' in answered) {
        await print(answered.text)
        return answered.code
      }
      const { report, config, scanners } = 'report' in answered ? answered : { report: answered, config: given, scanners: own }
      const { out, failOn } = config
      if (out !== null) {
        const names = await writeReport(report, config, out, scanners)
        await written?.(names)
      }
      const answer = { colour: wantsColour(process.stdout), width: terminalWidth(process.stdout), failOn, out }
      await print(renderTerminal(report, answer))
      return exitCodeOfReport(report, failOn)
    } finally {
      progress.clear()
    }
  })
}
