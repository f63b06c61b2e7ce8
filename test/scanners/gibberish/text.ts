import { random } from '../../../src/math/random.js'

/** Sentences of a small English, so that a model has something to learn. */

const SUBJECTS = [
  'The committee',
  'A young doctor',
  'The old harbour',
  'My neighbour',
  'The second train',
  'Every teacher',
  'The river',
]
const VERBS = [
  'was praised for',
  'often speaks about',
  'has nothing to do with',
  'will be known for',
  'never forgot',
  'was built near',
]
const OBJECTS = [
  'the long winter',
  'a small garden',
  'its famous bridge',
  'the new library',
  'several ancient songs',
  'the market square',
  'a quiet evening',
]
const ENDS = ['in the north', 'during the war', 'after many years', 'without any reason', 'before the storm', 'with great care']

export class Writer {
  private readonly next: () => number

  constructor(seed: number) {
    this.next = random(seed)
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!
  }

  sentence(): string {
    return `${this.pick(SUBJECTS)} ${this.pick(VERBS)} ${this.pick(OBJECTS)} ${this.pick(ENDS)}.`
  }

  text(sentences = 4): string {
    return Array.from({ length: sentences }, () => this.sentence()).join(' ')
  }

  /** Words of random characters. */
  noise(words: number, alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#%&*$'): string {
    const word = (): string =>
      Array.from({ length: 2 + Math.floor(this.next() * 9) }, () => this.pick(Array.from(alphabet))).join('')
    return Array.from({ length: words }, word).join(' ')
  }

  /** Words of the sentences in no order. */
  salad(words: number): string {
    const all = [...SUBJECTS, ...VERBS, ...OBJECTS, ...ENDS].flatMap((phrase) => phrase.split(' '))
    return Array.from({ length: words }, () => this.pick(all)).join(' ')
  }
}
