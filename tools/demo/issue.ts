/** A matter that customers write about. Templates as in `Speaker.expand`. */
export interface Issue {
  readonly topic: string
  readonly asks: readonly string[]
  /** What the matter is, from the agent's side. */
  readonly answers: readonly string[]
  /** What happens next. */
  readonly steps: readonly string[]
}
