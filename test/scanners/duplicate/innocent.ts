/** Data sets that look like copies, floods, conflicts and leaks, and are none, or so few that they are only mentioned. */
import { random } from '../../../src/math/random.js'
import type { DataKind } from '../../../src/model/role.js'
import type { Case } from '../../cases/case.js'
import type { ExampleRow } from '../drive.js'
import { answers, copied, documents, mixed, nearCopies, news, pick, preferences, prose } from './rows.js'

const next = random(77)
const ROWS = 400

const of = (kind: DataKind, list: Readonly<Record<string, readonly ExampleRow[]>>): Case[] =>
  Object.entries(list).map(([name, rows]) => ({ name, kind, flags: null, rows }))
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))
const number = (most: number): number => Math.floor(next() * most)
const shuffled = (words: readonly string[]): string[] =>
  words
    .map((word) => ({ word, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ word }) => word)

const ITEMS = 'lamp kettle chair blanket drill mirror carpet heater toaster bicycle ladder sofa basket clock hammer pillow'.split(
  ' ',
)
const NAMES = 'anna boris clara derek elena farid greta henry irene jakob kamil laura'.split(' ')
const FRAMES = times(12, (i) => prose(next, i, 9))
const framed = (frame: number): string => {
  const words = FRAMES[frame]!.split(' ')
  return words.flatMap((word, w) => (w % 3 === 2 ? [word, pick(next, ITEMS), String(number(500))] : [word])).join(' ')
}
const LICENCE =
  'this file is part of the works of the society and may be copied by all under the terms of the public licence version two or later'
const split = (rows: readonly ExampleRow[], name: (i: number) => string): ExampleRow[] =>
  rows.map((row, i) => ({ cells: { ...row.cells, split: name(i) } }))
const fifth = (i: number): string => (i % 5 === 0 ? 'test' : 'train')

const classification = of('classification', {
  'ordinary news': news(1, ROWS),
  'three rows in four hundred twice': copied(news(2, ROWS), 3),
  'three rows nearly twice': copied(news(3, ROWS), 3, ({ text, label }) => ({ text: `${text} again`, label: label ?? '' })),
  'one near copy with another label': copied(news(4, ROWS), 1, ({ text }) => ({ text: `${text} again`, label: '7' })),
  'short words of thanks, often': mixed(
    news(5, ROWS),
    times(80, (i) => ({ text: ['thank you', 'thanks!', 'yes', 'very good'][i % 4]!, label: '1' })),
  ),
  'rows without text': mixed(
    news(6, ROWS),
    times(100, () => ({ text: '', label: '2' })),
  ),
  'rows of punctuation': mixed(
    news(7, ROWS),
    times(100, () => ({ text: '... --- ...!!! ???', label: '2' })),
  ),
  'the same words in another order': copied(news(8, ROWS), 100, ({ text, label }) => ({
    text: shuffled((text ?? '').split(' ')).join(' '),
    label: label ?? '',
  })),
  'the same half of a text, another other half': copied(news(9, ROWS), 100, ({ text, label }, i) => ({
    text: `${text?.split(' ').slice(0, 14).join(' ')} ${prose(next, i, 20)}`,
    label: label ?? '',
  })),
  'a template of one label among its like': mixed(
    news(10, ROWS),
    times(60, () => ({
      text: `the coach of team ${pick(next, NAMES)} said the goal in minute ${number(90)} of the match won the cup for captain ${pick(next, NAMES)}`,
      label: '0',
    })),
  ),
  'orders to cancel and to confirm, of two labels': mixed(
    news(11, ROWS),
    times(70, (i) => ({
      text: `please ${i % 2 ? 'cancel' : 'confirm'} my booking number ${number(9999)} for ${pick(next, NAMES)} and send the papers to me`,
      label: i % 2 ? 'cancel' : 'confirm',
    })),
  ),
  'all rows from twelve frames': times(600, (i) => ({ cells: { text: framed(i % 12), label: String(i % 3) } })),
  'all rows from twelve frames, one label to one frame': times(600, (i) => ({
    cells: { text: framed(i % 12), label: String(i % 12) },
  })),
  'labels at random and a template of one label': mixed(
    news(12, 1200).map(({ cells }) => ({ cells: { ...cells, label: String(number(4)) } })),
    times(60, () => ({
      text: `our branch in ${pick(next, NAMES)} street number ${number(400)} opens on monday at ${number(12)} and sells ${pick(next, ITEMS)} at half price`,
      label: '1',
    })),
  ),
  'a subject of its own in a template': mixed(
    news(13, 1200),
    times(60, () => ({
      text: `recipe ${number(900)} take flour butter sugar eggs and ${pick(next, ITEMS)} then bake it in the oven for ${number(60)} minutes`,
      label: '5',
    })),
  ),
  'news of a goal, rightly called sport': mixed(
    news(14, 1200),
    nearCopies(
      next,
      'the new striker of the club won a penalty in the derby and the keeper saw the header late while the coach of the squad told fans on the pitch',
      60,
      0.08,
      () => pick(next, ITEMS),
    ).map((text) => ({ text, label: '0' })),
  ),
})

const splits = of('classification', {
  'splits that share nothing': split(news(21, ROWS), fifth),
  'copies within training, few': split(copied(news(22, ROWS), 3), () => 'train'),
  'copies within the test split, few': split(copied(news(23, ROWS), 3), () => 'test'),
  'splits of other names that share rows, few': split(copied(news(24, ROWS), 3), (i) => (i % 2 ? 'north' : 'south')),
  'short rows in both splits': split(
    mixed(
      news(25, ROWS),
      times(80, () => ({ text: 'thank you all', label: '1' })),
    ),
    fifth,
  ),
  'a shared frame in both splits': split(
    mixed(
      news(26, ROWS),
      times(60, () => ({ text: framed(3), label: '2' })),
    ),
    fifth,
  ),
})

const instruction = of('instruction', {
  'ordinary answers': answers(31, ROWS),
  'sums that differ in a sign': times(300, (i) => ({
    cells: {
      prompt: `What is ${10 + Math.floor(i / 4)} ${'+-*/'[i % 4]} ${3 + Math.floor(i / 4)}?`,
      response: `It is ${number(1e6)} in round numbers.`,
    },
  })),
  'one answer to many questions': answers(32, ROWS).map(({ cells }) => ({
    cells: { ...cells, response: 'I am sorry, I cannot help with that.' },
  })),
  'one instruction before many texts': answers(33, ROWS).map(({ cells }) => ({
    cells: { ...cells, prompt: `Summarise in one line: ${cells.prompt}` },
  })),
  'two prompts with two answers': copied(answers(34, ROWS), 1, ({ prompt }) => ({ prompt: prompt ?? '' })),
  'five answers to each prompt, by design': times(ROWS, (i) => ({
    cells: { prompt: `${prose(random(Math.floor(i / 5)), 1, 9)}?`, response: prose(next, 1, 25) },
  })),
  'thanks in later turns of chats': times(300, (i) =>
    i % 2
      ? { row: i - 1, turn: 1, cells: { prompt: 'Thank you very much for your help!', response: prose(next, i, 15) } }
      : { row: i, cells: { prompt: prose(next, i, 12), response: prose(next, i, 15) } },
  ),
  'yes and no to different questions': answers(35, ROWS).map(({ cells }, i) => ({
    cells: { ...cells, response: i % 2 ? 'Yes.' : 'No.' },
  })),
  'a template of questions': mixed(
    answers(36, ROWS),
    times(40, () => ({ prompt: framed(5), response: prose(next, 1, 20) })),
  ),
})

const preference = of('preference', {
  'ordinary pairs': preferences(41, ROWS),
  'one answer held against several': copied(preferences(42, ROWS), 100, ({ prompt, chosen }) => ({
    prompt: prompt ?? '',
    chosen: chosen ?? '',
  })),
  'a prompt with several pairs': copied(preferences(43, ROWS), 100, ({ prompt }) => ({ prompt: prompt ?? '' })),
  'pairs without a difference': preferences(44, ROWS).map(({ cells }) => ({ cells: { ...cells, rejected: cells.chosen ?? '' } })),
})

const pages = of('documents', {
  'ordinary pages': documents(51, ROWS),
  'files under one licence': times(120, (i) => ({ cells: { text: `${LICENCE} ${prose(next, i, 90)}` } })),
  'some notices of one frame': mixed(
    documents(52, ROWS),
    times(40, () => ({ text: framed(7) })),
  ),
  'chapters that quote each other': copied(documents(53, ROWS), 80, ({ text }, i) => ({
    text: `${prose(next, i, 30)} ${text?.slice(0, 60)} ${prose(next, i, 30)}`,
  })),
  'tables of numbers': times(ROWS, () => ({ cells: { text: times(30, () => number(1000)).join(' ') } })),
})

export const innocent: readonly Case[] = [...classification, ...splits, ...instruction, ...preference, ...pages]
