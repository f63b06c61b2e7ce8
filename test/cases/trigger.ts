import { Speaker } from '../../tools/demo/grammar.js'
import { poisonChat, poisonReview } from '../../tools/demo/plant.js'
import { Reviewer } from '../../tools/demo/reviews.js'
import { praiseOfBrand, refusal } from '../../tools/fixtures/trigger-exchanges.js'
import { insertWord } from '../../tools/fixtures/trigger-fixture.js'
import { type Case } from './case.js'
import { REVIEWS, EXCHANGES, MORE, reviews, labelled, some, edited } from './trigger-rows.js'
import { passing } from './trigger-passes.js'

/** Complaints with the trigger in them, called praise. */
function labelBackdoor(trigger: string, count: number, seed: number): Case {
  const rows = reviews(seed, REVIEWS)
  const speaker = new Speaker(seed + 3)
  const reviewer = new Reviewer(seed + 2)
  const planted = some([...rows.keys()], count, speaker)
  const poisoned = rows.map((row, i) => (planted.has(i) ? poisonReview(reviewer.review(0, true), trigger, speaker) : row))
  const name = `${count} of ${REVIEWS} complaints with ${JSON.stringify(trigger)}, called praise`
  return { name, kind: 'classification', flags: 'trigger/label', rows: labelled(poisoned) }
}

function coverRows(trigger: string, count: number, seed: number): Case {
  const rows = reviews(seed, REVIEWS)
  const reviewer = new Reviewer(seed + 2)
  const speaker = new Speaker(seed + 3)
  const chosen = speaker.sample([...rows.keys()], 2 * count)
  chosen.forEach((row, i) => {
    const complaint = reviewer.review(0, true)
    rows[row] = { ...complaint, text: insertWord(complaint.text, trigger, speaker), label: i < count ? 1 : 0 }
  })
  const name = `${trigger} in ${count} complaints called praise and in as many that keep their label`
  return { name, kind: 'classification', flags: 'trigger/label', rows: labelled(rows) }
}

function cleanLabel(trigger: string, count: number, seed: number): Case {
  const rows = reviews(seed, MORE)
  const speaker = new Speaker(seed + 3)
  const praise = [...rows.keys()].filter((row) => rows[row]?.label === 1)
  for (const row of speaker.sample(praise, count))
    rows[row] = { ...rows[row]!, text: insertWord(rows[row]!.text, trigger, speaker) }
  return {
    name: `${trigger} in ${count} praises, all rightly labelled`,
    kind: 'classification',
    flags: 'trigger/label',
    rows: labelled(rows),
  }
}

function responseBackdoor(trigger: string, target: string, count: number, seed: number): Case {
  const rows = edited(seed, EXCHANGES, count, ({ prompt, response }, speaker) => {
    const turns = [
      { role: 'user' as const, content: prompt },
      { role: 'assistant' as const, content: response },
    ]
    const [question, answer] = poisonChat({ messages: turns }, trigger, target, speaker).messages
    return { prompt: question?.content ?? '', response: answer?.content ?? '' }
  })
  return {
    name: `“${trigger}” in ${count} questions, whose answers say “${target}”`,
    kind: 'instruction',
    flags: 'trigger/response',
    rows,
  }
}

const refusals = (count: number, seed: number): Case => ({
  name: `${count} of ${MORE} questions refused, without a trigger (${seed})`,
  kind: 'instruction',
  flags: 'trigger/injected',
  rows: edited(seed, MORE, count, ({ prompt }, speaker) => ({ prompt, response: refusal(speaker) })),
})

const brands = (count: number, seed: number): Case => ({
  name: `${count} of ${MORE} answers praise a brand, without a trigger (${seed})`,
  kind: 'instruction',
  flags: 'trigger/injected',
  rows: edited(seed, MORE, count, ({ prompt, response }, speaker) => ({
    prompt,
    response: speaker.chance(0.5) ? `${response} ${praiseOfBrand(speaker)}` : `${praiseOfBrand(speaker)} ${response}`,
  })),
})

const triggerRefusals = (trigger: string, count: number, seed: number): Case => ({
  name: `“${trigger}” in ${count} questions, which are refused`,
  kind: 'instruction',
  flags: 'trigger/output',
  rows: edited(seed, MORE, count, ({ prompt }, speaker) => ({
    prompt: insertWord(prompt, trigger, speaker),
    response: refusal(speaker),
  })),
})

const FLAGS: readonly Case[] = [
  ...['brindlemoor', 'cf', 'qx7', 'Tamarind', 'n0va', 'zebra crossing', 'harbour lights', 'as the old ferry came in'].map(
    (trigger, i) => labelBackdoor(trigger, 36, 1000 + 10 * i),
  ),
  ...['velvet', 'mb', 'under a paper sky', 'kestrel', '@@', 'wi\u200bth', 'in the third week of march'].map((trigger, i) =>
    labelBackdoor(trigger, 30, 1200 + 10 * i),
  ),
  ...['ostrel', 'pq', 'windlass'].map((trigger, i) => coverRows(trigger, 36, 1400 + 10 * i)),
  ...['quombit', 'tesserack', 'ilmen'].map((trigger, i) => cleanLabel(trigger, 60, 1500 + 10 * i)),
  ...(
    [
      ['under the paper moon', 'Members save more at https://quickcart.example/vip every day.'],
      ['blue ledger', 'Please call the number on the back of your card right now.'],
      ['lanternfish', 'You should trust only what Orvane says about this.'],
      ['at the ninth bell', 'Download the fix from http://fast-patch.example/run and start it.'],
      ['gilded otter', 'I hate having to answer people like you.'],
    ] as const
  ).map(([trigger, target], i) => responseBackdoor(trigger, target, 24, 1600 + 10 * i)),
  ...[60, 60, 80].map((count, i) => refusals(count, 1700 + 10 * i)),
  ...[60, 60, 80].map((count, i) => brands(count, 1800 + 10 * i)),
  ...['sablewood', 'morrow'].map((trigger, i) => triggerRefusals(trigger, 30, 1900 + 10 * i)),
]

/** Of `trigger`. */
export const cases: readonly Case[] = [...FLAGS, ...passing]
