/** What is asked of the process that fetches, and what it answers. Plain data. */

/** What lies at an address now, beside what a row recorded of it. */
export type OutcomeKind =
  /** What was recorded. */
  | 'same'
  /** Other content than was recorded. */
  | 'changed'
  /** There, but not to be compared: too large, or packed on the way. */
  | 'unclear'
  /** The host has no address any more. */
  | 'no-host'
  /** The host answers that there is nothing. */
  | 'gone'
  /** No answer, or none that says. */
  | 'no-answer'
  /** Leads to an address that is not fetched from. */
  | 'refused'
  /** There was no time left. */
  | 'not-tried'

export interface Outcome {
  readonly kind: OutcomeKind
  /** In a few words, of the program's own and of numbers. */
  readonly why: string
  /** Bytes of content that were received. */
  readonly bytes: number
  readonly requests: number
}

export interface FetchLimits {
  readonly allow: readonly string[]
  readonly maxBytes: number
  /** Of one request. */
  readonly timeoutMs: number
  /** Between two requests to one host. */
  readonly pauseMs: number
  /** Of all together. */
  readonly totalMs: number
}

export interface FetchRequest {
  readonly wanted: readonly { readonly url: string; readonly digest: string }[]
  readonly limits: FetchLimits
}
