import { random } from '../../src/math/random.js'
import { nameSource } from './names.js'
import type { SourceRow } from './source-text.js'

/** Of the words that the source has at most {@link RARE} times, how many give way to an invented name. */
const NAME_RATE = 0.6
const RARE = 4
/** Of all words, how many are replaced by any other word of the class, so that phrases do not repeat verbatim. */
const SUBSTITUTION_RATE = 0.04
/** Occurrences of the present word looked at to find one that follows the same word before it. */
const LOOKS = 2

/** A class's source rows end to end: its words in order, and where each word stands. */
interface ClassText {
  readonly words: Int32Array
  /** Positions of each word, grouped: word w stands at `positions[starts[w] … starts[w + 1])`. */
  readonly positions: Int32Array
  readonly starts: Int32Array
  /** 1 where a row ends with this word. */
  readonly ends: Uint8Array
  readonly rowStarts: readonly number[]
}

function classText(rows: readonly (readonly number[])[], vocabulary: number): ClassText {
  const words = Int32Array.from(rows.flat())
  const ends = new Uint8Array(words.length)
  const rowStarts: number[] = []
  let at = 0
  for (const row of rows) {
    rowStarts.push(at)
    at += row.length
    ends[at - 1] = 1
  }
  const starts = new Int32Array(vocabulary + 1)
  for (const word of words) starts[word + 1]!++
  for (let w = 0; w < vocabulary; w++) starts[w + 1]! += starts[w]!
  const filled = starts.slice()
  const positions = new Int32Array(words.length)
  for (let i = 0; i < words.length; i++) positions[filled[words[i]!]!++] = i
  return { words, positions, starts, ends, rowStarts }
}

/**
 * An endless stream of rows like the source's: a walk over the words of one class, where each step goes on from some other
 * place at which the present word stands (two words of context when one is found among a few looks, else one), with
 * substitutions and invented names. Lengths are those of real rows, classes are equally frequent, word frequencies keep
 * their long tail.
 */
export function rowGrower(source: readonly SourceRow[], seed: number): () => SourceRow {
  const uniform = random(seed)
  const below = (n: number): number => Math.floor(uniform() * n)
  const ids = new Map<string, number>()
  const spelling: string[] = []
  const counts: number[] = []
  const idOf = (word: string): number => {
    let id = ids.get(word)
    if (id === undefined) {
      id = spelling.push(word) - 1
      ids.set(word, id)
      counts.push(0)
    }
    counts[id]!++
    return id
  }
  const byLabel = new Map<number, number[][]>()
  for (const row of source) {
    const words = row.text.split(/\s+/).filter(Boolean).map(idOf)
    const rows = byLabel.get(row.label) ?? []
    if (words.length > 0) rows.push(words)
    byLabel.set(row.label, rows)
  }
  const labels = [...byLabel.keys()].sort((a, b) => a - b)
  const texts = labels.map((label) => classText(byLabel.get(label)!, spelling.length))
  const lengths = labels.map((label) => byLabel.get(label)!.map((row) => row.length))
  const name = nameSource(uniform, labels.length)

  /** The next position of the walk, at or after which the row goes on. */
  const step = (text: ClassText, at: number): number => {
    const word = text.words[at]!
    const from = text.starts[word]!
    const occurrences = text.starts[word + 1]! - from
    let chosen = text.positions[from + below(occurrences)]!
    for (let look = 1; look < LOOKS && at > 0 && text.words[chosen - 1] !== text.words[at - 1]; look++) {
      chosen = text.positions[from + below(occurrences)]!
    }
    const over = text.ends[chosen] === 1
    return over ? text.rowStarts[below(text.rowStarts.length)]! : chosen + 1
  }

  return () => {
    const classIndex = below(labels.length)
    const text = texts[classIndex]!
    const length = Math.max(6, lengths[classIndex]![below(lengths[classIndex]!.length)]!)
    const words: string[] = []
    let at = text.rowStarts[below(text.rowStarts.length)]!
    for (let i = 0; i < length; i++) {
      const word = text.words[at]!
      if (counts[word]! <= RARE && uniform() < NAME_RATE) words.push(name(classIndex))
      else words.push(spelling[uniform() < SUBSTITUTION_RATE ? text.words[below(text.words.length)]! : word]!)
      at = step(text, at)
    }
    return { text: words.join(' '), label: labels[classIndex]! }
  }
}
