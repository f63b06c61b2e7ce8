/** How far a scan is, from the rows that its children tell of. */
export interface ScanProgress {
  readonly phase: string
  readonly rows: number
  readonly totalRows: number | null
  /** Rows a second over all processes, in this phase. */
  readonly rate: number
  readonly secondsLeft: number | null
}

export interface ProgressMeter {
  start(this: void, trip: number): void
  add(this: void, rows: number): void
}

export function createProgressMeter(
  trips: number,
  totalRows: number | null,
  report: ((progress: ScanProgress) => void) | undefined,
): ProgressMeter {
  let trip = 0
  let rows = 0
  let startedAt = performance.now()
  const tell = (): void => {
    const seconds = (performance.now() - startedAt) / 1000
    const rate = seconds > 0 ? rows / seconds : 0
    // Later passes are as long as this one, or shorter: they find their vectors in the cache.
    const left = totalRows === null ? null : Math.max(0, totalRows - rows) + (trips - trip - 1) * totalRows
    report?.({
      phase: `pass ${trip + 1} of ${trips}`,
      rows,
      totalRows,
      rate,
      secondsLeft: left === null || rate === 0 ? null : left / rate,
    })
  }
  return {
    start(index) {
      trip = index
      rows = 0
      startedAt = performance.now()
      tell()
    },
    add(more) {
      rows += more
      tell()
    },
  }
}
