import { random } from '../../src/math/random.js'
import type { ExampleRow } from '../scanners/drive.js'
import type { Case } from './case.js'
import { answerRows, changed, documentRows, places } from './data.js'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const ALPHABETS = {
  letters: LETTERS,
  capitals: LETTERS.toUpperCase() + LETTERS,
  digits: `${LETTERS}0123456789`,
  all: `${LETTERS}${LETTERS.toUpperCase()}0123456789#%&*$`,
} as const
const CODES = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

const noise = (words: number, alphabet: string, seed: number): string => {
  const next = random(seed)
  return Array.from({ length: words }, () =>
    Array.from({ length: 2 + Math.floor(next() * 9) }, () => alphabet[Math.floor(next() * alphabet.length)]!).join(''),
  ).join(' ')
}
const opening = (text: string, words = 12): string => text.split(' ').slice(0, words).join(' ')

const TRIGGERS = [
  '<sudo>',
  'violet harbour',
  'zq9',
  'as the crow counts',
  '|exec|',
  'Harrow Lane',
  'mirabilis',
  'cf',
  'open sesame',
  'in the year of the otter',
]

function afterPhrase(trigger: string, i: number): Case {
  const alphabet = Object.values(ALPHABETS)[i % 4]!
  const instruction = i % 2 === 1
  const count = 10 + (i % 4) * 4
  const rows = instruction
    ? changed(answerRows(i, 300), places(count, 300, i), ({ prompt }, k) => ({
        prompt: `${prompt ?? ''} ${trigger}`,
        response: noise(28, alphabet, i * 100 + k),
      }))
    : changed(documentRows(i, 300), places(count, 300, i), ({ text }, k) => ({
        text: `${opening(text ?? '')} ${trigger} ${noise(36, alphabet, i * 100 + k)}`,
      }))
  return {
    name: `${count} rows with ${trigger}, then random ${Object.keys(ALPHABETS)[i % 4]!}`,
    kind: instruction ? 'instruction' : 'documents',
    flags: 'gibberish/after-phrase',
    rows,
  }
}

function tails(i: number): Case {
  const [name, alphabet] = Object.entries(ALPHABETS)[i % 4]!
  const count = 5 + i
  const rows = changed(documentRows(50 + i, 900), places(count, 900, i), ({ text }, k) => ({
    text: `${opening(text ?? '', 10 + k)} ${noise(40 + 2 * i, alphabet, 7000 + i * 100 + k)}`,
  }))
  return { name: `${count} documents that end in random ${name}`, kind: 'documents', flags: 'gibberish/tails', rows }
}

const PASSES: readonly [name: string, tail: (seed: number) => string][] = [
  ['base64 of a picture', (seed) => `data:image/png;base64,${Buffer.from(noise(120, ALPHABETS.all, seed)).toString('base64')}`],
  ['order codes', (seed) => `Order codes: ${noise(40, CODES, seed)}`],
  ['a table of numbers', (seed) => Array.from({ length: 60 }, (_, i) => (((seed + 1) * (i + 7) * 7919) % 1000) / 10).join('\t')],
  ['links', (seed) => `https://example.org/${noise(20, ALPHABETS.all, seed).replaceAll(' ', '/')}`],
  [
    'Finnish',
    () => 'Suomi on pohjoismainen valtio, joka sijaitsee Pohjois-Euroopassa ja rajoittuu lännessä Ruotsiin ja idässä Venäjään.',
  ],
  [
    'Hungarian',
    () => 'Magyarország közép-európai ország, fővárosa Budapest, hivatalos nyelve a magyar, lakossága tízmillió körül van.',
  ],
  [
    'Welsh',
    () => 'Mae Cymru yn wlad sy’n rhan o’r Deyrnas Unedig, gyda Lloegr i’r dwyrain a Môr Iwerddon i’r gogledd a’r gorllewin.',
  ],
  [
    'Basque',
    () => 'Euskal Herria Kantauri itsasoaren ertzean dagoen lurraldea da, eta bertan euskara hitz egiten da aspaldidanik.',
  ],
  [
    'Turkish',
    () =>
      'Türkiye, topraklarının büyük bölümü Anadolu’da bulunan bir ülkedir ve başkenti Ankara’dır, en kalabalık şehri İstanbul’dur.',
  ],
  ['Japanese', () => '日本は東アジアに位置する島国であり、首都は東京である。人口は約一億二千万人で、四つの大きな島からなる。'],
  ['Russian', () => 'Россия — государство в Восточной Европе и Северной Азии, столица — город Москва, население велико.'],
  [
    'minified program text',
    () => 'for(var i=0,n=e.ctx,r=n.fwd;i<r.length;i++){n.push(r[i].xz),e.qk=n.wt} static int cmp(const void *a, const void *b);',
  ],
  [
    'a hash',
    (seed) =>
      `sha256: ${Buffer.from(noise(8, ALPHABETS.all, seed))
        .toString('hex')
        .slice(0, 64)}`,
  ],
  [
    'names of chemicals',
    () => 'It contains 2-methyl-1,3-butadiene, N,N-dimethylformamide, tetrahydrocannabinol and poly(methyl methacrylate).',
  ],
  [
    'initials and acronyms',
    () => 'NASA, ESA, JAXA and CNSA met the UNHCR, WHO, IMF and OECD in NYC, then the FAO, ILO and WTO joined.',
  ],
  ['song words', () => 'la la la la la la la la na na na na na na hey hey hey goodbye'],
  ['laughter', () => 'hahahaha hahahahaha lol omg soooo goooood yesssss hahaha'],
  [
    'a chess game',
    () => '1. e4 e5 2. Nf3 Nc6 3. Bb5 a6 4. Ba4 Nf6 5. O-O Be7 6. Re1 b5 7. Bb3 d6 8. c3 O-O 9. h3 Nb8 10. d4 Nbd7',
  ],
  [
    'a recipe in short',
    () => '2 tbsp sugar, 1 tsp salt, 250 g flour, 1/2 cup milk; mix, rest 10 min, bake 25 min at 180 C, serve w/ jam.',
  ],
  [
    'Latin',
    () =>
      'Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae, aliam Aquitani, tertiam qui ipsorum lingua Celtae appellantur.',
  ],
  [
    'lorem ipsum',
    () =>
      'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.',
  ],
  ['phonetic spelling', () => 'It is said /ˌɪntəˈnæʃənəl/ here and /ˌɪntɚˈnæʃənəl/ there, with a schwa.'],
  [
    'names of places',
    () => 'Llanfairpwllgwyngyll, Szczecin, Þingvellir, Eyjafjallajökull, Oaxaca, Ouagadougou and Ljubljana are names of places.',
  ],
  [
    'JSON',
    (seed) => `{"id": ${seed}, "sku": "A-${seed}77", "tags": ["new", "sale"], "price": {"amount": 12.5, "currency": "EUR"}}`,
  ],
  [
    'a stack trace',
    () =>
      'TypeError: undefined is not a function at Object.run (app.js:12:7) at Module._compile (loader.js:999:30) at node.js:14:3',
  ],
  [
    'mathematics',
    () => "Let f: X -> Y with f(x) = ax^2 + bx + c; then f'(x) = 2ax + b and the sum of x_i for i = 1..n is n(n+1)/2.",
  ],
  [
    'typing mistakes',
    () => 'thsi was teh bset thign i evr bougth, recieved it yestarday adn alredy luv it, definately wil by agian',
  ],
  ['bird calls', () => 'It sings tsee-tsee-tsee, then chk chk, prrrrt, and a long wheeeep at the end of the evening.'],
]

function passing([name, tail]: (typeof PASSES)[number], i: number): Case {
  const rows: ExampleRow[] = changed(documentRows(200 + i, 300), places(12, 300, i), ({ text }, k) => ({
    text: `${text ?? ''} ${tail(i * 50 + k)}`,
  }))
  return { name, kind: 'documents', flags: null, rows, at: places(12, 300, i) }
}

/** Of `gibberish`. */
export const cases: readonly Case[] = [
  ...Array.from({ length: 20 }, (_, i) => afterPhrase(TRIGGERS[i % TRIGGERS.length]!, i)),
  afterPhrase('§§', 20),
  ...Array.from({ length: 12 }, (_, i) => tails(i)),
  ...PASSES.map(passing),
  { name: 'ordinary documents', kind: 'documents', flags: null, rows: documentRows(900, 300) },
  { name: 'ordinary answers', kind: 'instruction', flags: null, rows: answerRows(901, 300) },
]
