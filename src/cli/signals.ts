const CODES = { SIGINT: 130, SIGTERM: 143 } as const

/** Children get this long to end after a signal. */
const GRACE_MILLISECONDS = 5000

export interface Interruption {
  readonly signal: AbortSignal
  /** What to exit with when a signal came, else null. */
  exitCode(): number | null
  /** Gives the signals back to Node. */
  stop(): void
}

/** Turns the first SIGINT or SIGTERM into an abort; the second, or a slow end, exits at once. */
export function abortOnSignals(): Interruption {
  const controller = new AbortController()
  let code: number | null = null
  const onSignal = (name: NodeJS.Signals): void => {
    if (code !== null) process.exit(code)
    const received = name === 'SIGTERM' ? CODES.SIGTERM : CODES.SIGINT
    code = received
    setTimeout(() => process.exit(received), GRACE_MILLISECONDS).unref()
    controller.abort(new Error(`stopped by ${name}`))
  }
  for (const name of Object.keys(CODES)) process.on(name, onSignal)
  return {
    signal: controller.signal,
    exitCode: () => code,
    stop: () => {
      for (const name of Object.keys(CODES)) process.off(name, onSignal)
    },
  }
}
