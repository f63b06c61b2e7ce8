import { safeText } from '../report/safe-text.js'
import { noticeLine } from './terminal.js'

/** Where a scan stands. `rate` in rows a second over all processes. */
export interface ProgressState {
  readonly phase: string
  readonly rows: number
  readonly totalRows: number | null
  readonly rate: number
  readonly secondsLeft: number | null
}

export interface Progress {
  update: (this: void, state: ProgressState) => void
  /** A line that stays. */
  notice: (this: void, line: string) => void
  /** Takes the line away, so that other output can be written. */
  clear: (this: void) => void
}

const ERASE_LINE = '\r\u001b[2K'
const MILLISECONDS_BETWEEN = 100
const thousands = new Intl.NumberFormat('en-US')
const whole = (value: number): string => thousands.format(Math.round(value))

/** `2 min 5 s left` */
function timeLeft(seconds: number): string {
  const rounded = Math.max(0, Math.round(seconds))
  return rounded < 60 ? `${rounded} s left` : `${Math.floor(rounded / 60)} min ${rounded % 60} s left`
}

export function progressLine({ phase, rows, totalRows, rate, secondsLeft }: ProgressState, width: number): string {
  const parts = [safeText(phase, 40), totalRows === null ? `${whole(rows)} rows` : `${whole(rows)} of ${whole(totalRows)} rows`]
  if (rate > 0) parts.push(`${whole(rate)} rows/s`)
  if (secondsLeft !== null) parts.push(timeLeft(secondsLeft))
  return safeText(parts.join(' · '), Math.max(20, width - 1))
}

/**
 * One rewritten line on a terminal, none where the stream is not one; nothing at all when asked to be quiet.
 * `CREDENCE_PROGRESS=always` shows it in pipes too, for programs that watch a scan.
 */
export function createProgress(stream: NodeJS.WriteStream, quiet: boolean): Progress {
  const watched = stream.isTTY || process.env['CREDENCE_PROGRESS'] === 'always'
  let shownAt = -Infinity
  let shown = false
  const clear = (): void => {
    if (shown) stream.write(ERASE_LINE)
    shown = false
  }
  return {
    update(state) {
      const now = performance.now()
      if (quiet || !watched || now - shownAt < MILLISECONDS_BETWEEN) return
      shownAt = now
      shown = true
      stream.write(ERASE_LINE + progressLine(state, stream.columns || 80))
    },
    notice(line) {
      clear()
      if (!quiet) stream.write(noticeLine(line))
    },
    clear,
  }
}
