/** Runs of ASCII letters and digits, and stretches of them that are of one kind. */

export interface Token {
  readonly word: string
  /** Half-open range of UTF-16 units. */
  readonly start: number
  readonly end: number
}

const LONGEST_GAP = 4

export function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(/[A-Za-z0-9]+/g), ({ 0: word, index }) => ({ word, start: index, end: index + word.length }))
}

/** Stretches of at least `least` tokens that are all of the kind and near each other. */
export function runsOf(text: string, tokens: readonly Token[], least: number, isOfKind: (token: Token) => boolean): Token[][] {
  const runs: Token[][] = []
  let run: Token[] = []
  const close = (): void => {
    if (run.length >= least) runs.push(run)
    run = []
  }
  for (const token of tokens) {
    const before = run.at(-1)
    if (before !== undefined && !isNear(text, before, token)) close()
    if (isOfKind(token)) run.push(token)
    else close()
  }
  close()
  return runs
}

/** Percent and equals signs before numbers are escapes of addresses and of mails. */
function isNear(text: string, before: Token, after: Token): boolean {
  return after.start - before.end <= LONGEST_GAP && !/[^\x20-\x7e\s·•]|[%=]/.test(text.slice(before.end, after.start))
}
