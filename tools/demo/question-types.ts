/**
 * Questions labelled by what they ask for, as assistants and search are taught with: a few first words decide the label, and
 * what is asked about may be anything.
 */
import { Speaker, words } from './grammar.js'

export interface TypedQuestion {
  readonly text: string
  readonly label: string
}

/** By label, how often it comes and how it is asked. */
const KINDS: readonly (readonly [label: string, weight: number, asked: readonly string[]])[] = [
  ['definition', 12, ['what is {a}', 'what does {n} mean', 'define {n}', 'what is meant by {n}', 'what are {n}s']],
  [
    'manner',
    10,
    ['how do I [clean|mend|use|store] {a}', 'how can {a} be [moved|sold|painted]', 'how does {a} work', 'how is {a} made'],
  ],
  [
    'person',
    10,
    ['who [made|invented|sold|drew] {a}', 'who was the first to own {a}', 'whose {n} is {p}', 'who looks after {a} {p}'],
  ],
  ['place', 10, ['where is {a} {p}', 'where can I [find|buy|see] {a}', 'where do {n}s come from', 'in which town is {a} kept']],
  [
    'reason',
    8,
    ['why is {a} {p}', 'why do people [keep|collect|hide] {n}s', 'why does {a} [break|smell|float]', 'what makes {a} so dear'],
  ],
  [
    'date',
    8,
    [
      'when was {a} [made|lost|found]',
      'when did people begin to use {n}s',
      'in what year was {a} sold',
      'what day was {a} shown {p}',
    ],
  ],
  ['count', 8, ['how many {n}s are {p}', 'how many people own {a}', 'what number of {n}s is {p}', 'how many days does {a} last']],
  ['price', 5, ['how much is {a}', 'what does {a} cost', 'how much do {n}s cost {p}', 'what is the price of {a}']],
  [
    'title',
    4,
    ['what is the title of the [book|song|play] about {a}', 'which [book|film|poem] has {a} in it', 'what song is about {a}'],
  ],
  ['opinion', 4, ['is {a} any good', 'are {n}s worth it', 'should I [buy|keep|sell] {a}', 'would you want {a} {p}']],
  ['age', 2, ['how old is {a}', 'how old was {a} {p}', 'what age is {a}']],
  ['colour', 2, ['what colour is {a}', 'what colour are {n}s {p}', 'which colour has {a}']],
  ['weight', 2, ['how heavy is {a}', 'what does {a} weigh', 'what weight has {a}']],
  ['distance', 2, ['how far is {a} from here', 'how far away is {a} {p}', 'what distance is it to {a}']],
  ['fear', 1, ['what is the fear of {n}s called', 'what is the fear of {a} {p} called']],
  ['country', 2, ['what country makes {n}s', 'what country has {a} {p}', 'which country sells most {n}s']],
]

const THINGS = words(
  'kettle|lantern|ferry|violin|ladder|hammer|tunnel|blanket|whistle|orchard|cushion|barrel|pigeon|turnip|candle|mirror|bridge|carpet|needle|anchor|pillow|rocket|saddle|basket|fiddle|oyster|tractor|cannon|parcel|cradle|furnace|walnut|beetle|harbour|chimney|teapot|umbrella|windmill|accordion|lighthouse',
)
const MARKS = ['red ', 'old ', 'small ', 'wooden ', 'French ', 'broken ', 'Roman ', 'paper ', 'secret ', '', '', '', '', '']
const PLACES = words(
  'in Norway|on the moon|by the sea|in the attic|at the fair|in my street|in the museum|on the island|under the bridge|near Lyon|in winter|at night|in this picture|on the ship',
)

/** So many questions, in random order. */
export function typedQuestions(seed: number, count: number): TypedQuestion[] {
  const speaker = new Speaker(seed)
  const chances = KINDS.flatMap((kind) => Array.from({ length: kind[1] }, () => kind))
  const slots = {
    a: () => `${speaker.pick(['the', 'a', 'my', 'the'])} ${speaker.pick(MARKS)}${speaker.pick(THINGS)}`,
    n: () => `${speaker.pick(MARKS)}${speaker.pick(THINGS)}`,
    p: () => speaker.pick(PLACES),
  }
  return Array.from({ length: count }, () => {
    const [label, , asked] = speaker.pick(chances)
    return { text: `${speaker.expand(speaker.pick(asked), slots)}?`, label }
  })
}
