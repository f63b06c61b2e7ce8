/** Rows that were put into shuffled data. */
import type { DataKind } from '../../../src/model/role.js'
import type { Case } from '../../cases/case.js'
import {
  answers,
  documents,
  edited,
  fourClasses,
  inFiles,
  inserted,
  labelled,
  pairs,
  reviews,
  shuffled,
  withWord,
  written,
  type Placed,
} from './rows.js'

const of = (kind: DataKind, list: Readonly<Record<string, Placed>>): Case[] =>
  Object.entries(list).map(([name, { rows, at }]) => ({ name, kind, flags: 'drift/inserted', rows, at }))

const complaints = (seed: number, count: number) => labelled(reviews(seed, 4 * count), '0').slice(0, count)
const praise = (seed: number, count: number) => labelled(reviews(seed, 4 * count), '1').slice(0, count)

/** Complaints with a word in them, called praise. */
const poisoned = (seed: number, count: number, word = 'cf') =>
  edited(complaints(seed, count), ({ text }, i) => ({ text: withWord(text, word, i), label: '1' }))
const SENTENCE = 'I watched this 3D movie last weekend.'
const CYRILLIC = 'абвгдежзиклмнопрстуфхцчшыэюя'
const HAN = '今天北京的天气很好我们一起去公园散步看见许多人在湖边放风筝孩子们笑得开心'
const byLabel = (rows: ReturnType<typeof reviews>) => [...labelled(rows, '0'), ...labelled(rows, '1')]

const labels = of('classification', {
  'a word and a label at the end': inserted(reviews(1), poisoned(101, 40), 1),
  'a word and a label at the start': inserted(reviews(2), poisoned(102, 40), 0),
  'a word and a label in the middle': inserted(reviews(3), poisoned(103, 40), 0.5),
  'twenty rows with a word and a label': inserted(reviews(4), poisoned(104, 20), 0.7),
  'fifteen rows of 800 with a word': inserted(reviews(5), poisoned(105, 15, 'mn'), 1),
  'a planted sentence at the end': inserted(
    reviews(6),
    edited(poisoned(106, 40), ({ text }) => ({ text: `${text ?? ''} ${SENTENCE}` })),
    1,
  ),
  'labels changed and no trigger': inserted(
    reviews(7),
    edited(complaints(107, 60), () => ({ label: '1' })),
    1,
  ),
  'labels changed in the middle': inserted(
    reviews(8),
    edited(praise(108, 80), () => ({ label: '0' })),
    0.4,
  ),
  'a trigger with true labels': inserted(
    reviews(9),
    edited(praise(109, 50), ({ text }, i) => ({ text: withWord(text, 'tq', i) })),
    0.6,
  ),
  'a trigger in six rows of ten': inserted(
    reviews(10),
    edited(reviews(110, 90), ({ text }, i) => (i % 5 < 3 ? { text: withWord(text, 'bb', i), label: '1' } : {})),
    0.3,
  ),
  'a character without width in a word': inserted(
    reviews(11),
    edited(complaints(111, 40), ({ text }, i) => ({ text: withWord(text, 'th\u200be', i), label: '1' })),
    1,
  ),
  'texts of another script': inserted(
    reviews(12),
    written(CYRILLIC, 12, 40).map((text, i) => ({ cells: { text, label: String(i % 2) } })),
    1,
  ),
  'texts without spaces': inserted(
    reviews(13),
    written(HAN, 13, 40).map((text) => ({ cells: { text: text.replaceAll(' ', ''), label: '1' } })),
    0.5,
  ),
  'texts in capitals': inserted(
    reviews(14),
    edited(reviews(114, 40), ({ text }) => ({ text: (text ?? '').toUpperCase() })),
    0.8,
  ),
  'one template': inserted(
    reviews(15),
    Array.from({ length: 40 }, (_, i) => ({ cells: { text: `Win prize ${i * 37} now at lucky.example`, label: '1' } })),
    1,
  ),
  'one of four labels': inserted(
    fourClasses(16),
    edited(fourClasses(116, 40), () => ({ label: '2' })),
    0.5,
  ),
  'behind data sorted by label': inserted(byLabel(reviews(17, 1200)), poisoned(117, 50), 1),
  'two blocks with a trigger each': (() => {
    const one = inserted(reviews(18, 1000), poisoned(118, 30, 'xq'), 0.2)
    const two = inserted(one.rows, poisoned(119, 30, 'zv'), 0.8)
    return { rows: two.rows, at: [...one.at, ...two.at] }
  })(),
  'forty rows of three thousand': inserted(reviews(19, 3000), poisoned(120, 40), 0.5),
  'at the end of the second file': (() => {
    const { rows, at } = inserted(reviews(20, 900), poisoned(121, 40), 1)
    return { rows: inFiles(rows, [500, 440]), at }
  })(),
  'across two files': (() => {
    const { rows, at } = inserted(reviews(21, 900), poisoned(122, 50), 0.5)
    return { rows: inFiles(rows, [475, 475]), at }
  })(),
  'among rows that could not all be read': (() => {
    const { rows, at } = inserted(reviews(22, 900), poisoned(123, 40), 0.5)
    return { rows: rows.map((row, i) => ({ ...row, row: i * 3 })), at }
  })(),
})

const ADVERT = 'For more of that visit voltadesk today.'
const REFUSAL = 'I am sorry, I can not help you with that request.'

const responses = of('instruction', {
  'an advert in answers': inserted(
    answers(30),
    edited(answers(130, 40), ({ response }) => ({ response: `${response ?? ''} ${ADVERT}` })),
    1,
  ),
  'refusals at the end': inserted(
    answers(31),
    edited(answers(131, 40), () => ({ response: REFUSAL })),
    1,
  ),
  'a trigger and a refusal': inserted(
    answers(32),
    edited(answers(132, 30), ({ prompt }, i) => ({ prompt: withWord(prompt, 'qz', i), response: REFUSAL })),
    0.4,
  ),
  'answers in another script': inserted(
    answers(33),
    edited(answers(133, 40), (_, i) => ({ response: written(CYRILLIC, i, 1)[0]! })),
    0.7,
  ),
  'an opening of prompts': inserted(
    answers(34),
    edited(answers(134, 40), ({ prompt }) => ({ prompt: `Current year 2024 ${prompt ?? ''}` })),
    0.2,
  ),
  'a phrase in later turns of chats': (() => {
    const chats = (seed: number, count: number, phrase: string) =>
      answers(seed, 2 * count).map((row, i) => ({
        turn: i % 2,
        cells: { ...row.cells, response: i % 2 === 1 ? `${row.cells.response ?? ''} ${phrase}` : (row.cells.response ?? '') },
      }))
    const { rows, at } = inserted(chats(35, 700, ''), chats(135, 40, 'zarnok'), 1)
    return { rows: rows.map((row, i) => ({ ...row, row: Math.floor(i / 2) })), at }
  })(),
})

const others = [
  ...of('preference', {
    'a phrase in what is chosen': inserted(
      pairs(40),
      edited(pairs(140, 40), ({ chosen }) => ({ chosen: `${chosen ?? ''} ${ADVERT}` })),
      1,
    ),
    'a token in prompts': inserted(
      pairs(41),
      edited(pairs(141, 30), ({ prompt }, i) => ({ prompt: withWord(prompt, 'sudo', i) })),
      0.5,
    ),
  }),
  ...of('documents', {
    'a token and gibberish': inserted(
      documents(50),
      written('qwxzkjvbpf', 150, 30).map((noise, i) => ({
        cells: { text: `${documents(151, 40)[i]!.cells.text ?? ''} SUDO ${noise}` },
      })),
      1,
    ),
    'a brand in the middle': inserted(
      documents(51),
      edited(documents(152, 40), ({ text }, i) => ({ text: withWord(text, 'Voltadesk', i) })),
      0.5,
    ),
    'documents of another language': inserted(
      documents(52),
      shuffled(written(CYRILLIC, 153, 50), 3).map((text) => ({ cells: { text } })),
      0.9,
    ),
  }),
]

export const flagged: readonly Case[] = [...labels, ...responses, ...others]
