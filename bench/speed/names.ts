import { mix32, random } from '../../src/math/random.js'

const ONSETS = 'b br c ch d dr f g gr h j k kl l m n p pr r s sh st t tr v w y z'.split(' ')
const VOWELS = 'a e i o u ai ea ou ei ie'.split(' ')
const CODAS = ['', '', '', 'n', 'r', 's', 'l', 'ck', 'nd', 'th', 'm', 'rt', 'tz']

/** How many names there are: with Zipf's exponent near 1, most of them turn up a few times in 500,000 rows. */
const NAMES = 300_000

function spell(rank: number): string {
  const next = random(rank + 1)
  const pick = (parts: readonly string[]): string => parts[Math.floor(next() * parts.length)]!
  const syllables = rank < 2_000 ? 2 : 2 + Math.floor(next() * 2)
  let name = ''
  for (let i = 0; i < syllables; i++)
    name += pick(ONSETS) + pick(VOWELS) + (i === syllables - 1 || next() < 0.3 ? pick(CODAS) : '')
  return name
}

/**
 * Invented names with frequencies after Zipf: the rank is drawn as NAMES^u, whose density is ∝ 1/rank. As in news, a name
 * has a home class and turns up elsewhere only now and then.
 *
 * @param uniform draws from [0, 1)
 * @param labels number of classes
 */
export function nameSource(uniform: () => number, labels: number): (label: number) => string {
  const spelled = new Map<number, string>()
  return (label) => {
    let rank = 0
    do {
      rank = Math.floor(NAMES ** uniform()) - 1
    } while (mix32(rank) % labels !== label && uniform() < 0.9)
    let name = spelled.get(rank)
    if (name === undefined) {
      name = spell(rank)
      spelled.set(rank, name)
    }
    return name
  }
}
