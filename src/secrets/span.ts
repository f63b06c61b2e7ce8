/** A stretch of a text that must not be shown: half-open [start, end) in UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
  /** Units at its start that may be shown. */
  readonly keep: number
  /** From here on it may be shown again. */
  readonly tail?: number
}
