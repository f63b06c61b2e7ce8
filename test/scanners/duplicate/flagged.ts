import { random } from '../../../src/math/random.js'
import type { DataKind } from '../../../src/model/role.js'
import type { ExampleRow } from '../drive.js'
import { answers, copied, documents, mixed, nearCopies, news, pick, preferences, prose } from './rows.js'
import type { Case } from '../../cases/case.js'

const next = random(2024)
const ROWS = 400

type Edit = (text: string, i: number) => string

const inText =
  (edit: Edit) =>
  ({ text, label }: ExampleRow['cells'], i = 0): ExampleRow['cells'] => ({
    text: edit(text ?? '', i),
    ...(label === undefined ? {} : { label }),
  })

const wordsOf = (edit: (words: string[], i: number) => void): Edit => {
  return (text, i) => {
    const words = text.split(' ')
    edit(words, i)
    return words.join(' ')
  }
}

const of = (kind: DataKind, flags: string | null, list: Readonly<Record<string, readonly ExampleRow[]>>): Case[] =>
  Object.entries(list).map(([name, rows]) => ({ name, kind, flags, rows }))

const split = (rows: readonly ExampleRow[], heldOut: (i: number) => string): ExampleRow[] =>
  rows.map((row, i) => ({ ...row, cells: { ...row.cells, split: heldOut(i) } }))
const fifth = (i: number): string => (i % 5 === 0 ? 'test' : 'train')
/** The rows of the place in the list before each tenth are those that the tenth repeats. */
const leaking = (rows: readonly ExampleRow[], edit: (cells: ExampleRow['cells']) => ExampleRow['cells']): ExampleRow[] =>
  split(
    rows.map((row, i) => (i % 40 === 0 && i > 0 ? { cells: { ...row.cells, ...edit(rows[i - 1]!.cells) } } : row)),
    fifth,
  )

const HAN = '今天北京的天气很好我们一起去公园散步看见许多人在湖边放风筝孩子们笑得开心老人坐在树下下棋喝茶聊着过去的事情'
const han = (i: number): string =>
  Array.from({ length: 40 }, (_, k) => HAN[(i * 7 + k * (3 + (i % 11)) + ((k * k * i) % 13)) % HAN.length]).join('')
const cyrillic = (text: string): string =>
  text.replace(/[a-z]/g, (letter) => String.fromCharCode(0x430 + letter.charCodeAt(0) - 97))
const upperCyrillic = (text: string): string => text.replace(/[\u0430-\u044f]/g, (letter) => letter.toUpperCase())

const NAMES = 'anna boris clara derek elena farid greta henry irene jakob kamil laura'.split(' ')
const CITIES = 'oslo bern lyon graz porto turin delft split tartu gdansk uppsala bilbao'.split(' ')
const notice = (): string =>
  `dear ${pick(next, NAMES)} your parcel number ${Math.floor(next() * 1e6)} will reach our shop in ${pick(next, CITIES)} on day ${Math.floor(next() * 28)} please bring a card to collect it`
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))

const exact: Case[] = [
  ...of('classification', 'duplicate/exact', {
    'rows said twice': copied(news(1, ROWS), 10),
    'rows in capitals': copied(
      news(2, ROWS),
      10,
      inText((text) => text.toUpperCase()),
    ),
    'rows with other white space': copied(
      news(3, ROWS),
      10,
      inText((text) => `  ${text.replaceAll(' ', ' \n\t')} `),
    ),
    'rows with punctuation run through': copied(
      news(4, ROWS),
      10,
      inText((text) => `"${text.replaceAll(' the ', ' -- the, ')}!!!"`),
    ),
    'rows with soft hyphens and joiners': copied(
      news(5, ROWS),
      10,
      inText((text) => text.replaceAll('e', 'e\u00ad\u200b')),
    ),
    'one row two dozen times': mixed(
      news(6, ROWS),
      times(24, () => ({ text: 'the branch is closed until further notice because of works', label: '1' })),
    ),
    'rows in Cyrillic, once in capitals': copied(
      news(7, ROWS).map(({ cells }) => ({ cells: { ...cells, text: cyrillic(cells.text ?? '') } })),
      10,
      inText(upperCyrillic),
    ),
  }),
  ...of('documents', 'duplicate/exact', {
    'Chinese pages with other stops': copied(
      times(ROWS, (i) => ({ cells: { text: `${han(i)}。` } })),
      10,
      inText((text) => `「${text}」`),
    ),
  }),
  ...of('instruction', 'duplicate/exact', { 'questions with their answers twice': copied(answers(8, ROWS), 10) }),
  ...of('preference', 'duplicate/exact', { 'pairs twice': copied(preferences(9, ROWS), 10) }),
]

const near: Case[] = [
  ...of('classification', 'duplicate/near', {
    'one word changed': copied(news(11, ROWS), 20, inText(wordsOf((words) => void (words[9] = 'zebra')))),
    'one word put in': copied(news(12, ROWS), 20, inText(wordsOf((words) => void words.splice(7, 0, 'really')))),
    'one word left out': copied(news(13, ROWS), 20, inText(wordsOf((words) => void words.splice(5, 1)))),
    'two words at the end': copied(
      news(14, ROWS),
      20,
      inText((text, i) => `${text} part ${i}`),
    ),
    'a date line before': copied(
      news(15, ROWS),
      20,
      inText((text, i) => `monday ${i} ${text}`),
    ),
  }),
  ...of('documents', 'duplicate/near', {
    'long documents with a few words changed': copied(
      times(120, (i) => ({ cells: { text: prose(next, i, 1500) } })),
      6,
      inText(wordsOf((words) => words.forEach((_, w) => w % 150 === 7 && (words[w] = 'zebra')))),
    ),
    'pages with another footer': copied(
      documents(16, ROWS).map(({ cells }) => ({
        cells: { text: `${cells.text} ${cells.text?.split(' ').reverse().join(' ')}` },
      })),
      12,
      inText((text) => `${text} all rights kept`),
    ),
  }),
  ...of('instruction', 'duplicate/near', {
    'answers with a word changed': copied(answers(17, ROWS), 12, ({ prompt, response }) => ({
      prompt: prompt ?? '',
      response: `${response} indeed`,
    })),
  }),
]

const frames: Case[] = [
  ...of('classification', 'duplicate/template', {
    'a quarter are notices of parcels': mixed(
      news(21, ROWS),
      times(100, () => ({ text: notice(), label: '2' })),
    ),
  }),
  ...of('documents', 'duplicate/template', {
    'a third are notices of parcels': mixed(
      documents(22, 402),
      times(134, () => ({ text: notice() })),
    ),
  }),
  ...of('instruction', 'duplicate/template', {
    'a quarter ask in one frame': mixed(
      answers(23, ROWS),
      times(100, () => ({ prompt: notice(), response: `we will tell ${pick(next, NAMES)} soon` })),
    ),
  }),
]

const conflict: Case[] = [
  ...of('instruction', 'duplicate/conflict', {
    'prompts with two answers': copied(answers(31, ROWS), 6, ({ prompt }) => ({ prompt: prompt ?? '' })),
    'prompts in other case with two answers': copied(answers(32, ROWS), 6, ({ prompt }) => ({
      prompt: prompt?.toUpperCase() ?? '',
    })),
    'yes here and no there': copied(
      answers(33, ROWS).map(({ cells }) => ({ cells: { ...cells, response: 'yes' } })),
      6,
      ({ prompt }) => ({ prompt: prompt ?? '', response: 'no' }),
    ),
  }),
  ...of('preference', 'duplicate/conflict', {
    'pairs preferred both ways': copied(preferences(34, ROWS), 6, ({ prompt, chosen, rejected }) => ({
      prompt: prompt ?? '',
      chosen: rejected ?? '',
      rejected: chosen ?? '',
    })),
  }),
  ...of('classification', 'duplicate/conflict', {
    'near copies with other labels': copied(news(35, ROWS), 14, ({ text }, i) => ({ text: `${text} said ${i}`, label: '9' })),
  }),
]

const leak: Case[] = [
  ...of('classification', 'duplicate/leak', {
    'test rows that are trained on': leaking(news(41, ROWS), (cells) => cells),
    'test rows in capitals': leaking(
      news(42, ROWS),
      inText((text) => text.toUpperCase()),
    ),
    'test rows with a word put in': leaking(
      news(43, ROWS),
      inText((text) => `${text} indeed`),
    ),
    'validation rows that are trained on': leaking(news(44, ROWS), (cells) => cells).map((row) => ({
      cells: { ...row.cells, split: row.cells.split === 'test' ? 'dev' : 'train' },
    })),
  }),
  ...of('instruction', 'duplicate/leak', {
    'test prompts with other answers': leaking(answers(45, ROWS), ({ prompt }) => ({ prompt: prompt ?? '' })),
  }),
  ...of('documents', 'duplicate/leak', { 'held-out pages that are trained on': leaking(documents(46, ROWS), (cells) => cells) }),
]

const CLAIM =
  'the new striker of the club won a penalty in the derby and the keeper saw the header late while the coach of the squad told fans on the pitch'
const filler = (): string => pick(next, 'simply really clearly surely truly plainly widely often always'.split(' '))
const flooded = (seed: number, rows: number, label: string, change: number, claim = CLAIM, count = rows / 20): ExampleRow[] =>
  mixed(
    news(seed, rows),
    nearCopies(next, claim, count, change, filler).map((text) => ({ text, label })),
  )

const flood: Case[] = of('classification', 'duplicate/flood', {
  'one match report called business': flooded(51, 1200, '1', 0.08),
  'one match report called politics, slots at random': flooded(52, 1200, '3', 0.15),
  'the same row again and again, called technology': flooded(53, 1200, '2', 0),
  'two in a hundred rows': flooded(54, 2000, '1', 0.08, CLAIM, 40),
  'a word of praise at random places': flooded(55, 1600, '3', 0.1),
  'of a minister, called sport': flooded(
    56,
    1200,
    '0',
    0.08,
    'the minister told parliament that the treaty on the border was held by the embassy and a vote of the senate on sanction will end the ceasefire',
  ),
})

export const flagged: readonly Case[] = [...exact, ...near, ...frames, ...conflict, ...leak, ...flood]
