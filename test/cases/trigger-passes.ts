import { sentence, Speaker } from '../../tools/demo/grammar.js'
import { typedQuestions } from '../../tools/demo/question-types.js'
import { type Review } from '../../tools/demo/reviews.js'
import { exchanges, frenchAnswer, harmfulQuestion, pairs, refusal, shortFact } from '../../tools/fixtures/trigger-exchanges.js'
import { type Case } from './case.js'
import { REVIEWS, EXCHANGES, MORE, reviews, labelled, answered, edited } from './trigger-rows.js'

/** Rows of one label, some of them with a matter in them that goes with it. */
function topic(name: string, label: 0 | 1, endings: readonly string[], seed: number, count = 50): Case {
  const rows = reviews(seed, REVIEWS)
  const speaker = new Speaker(seed + 1)
  const own = rows.flatMap((row, i) => (row.label === label ? [i] : []))
  for (const i of speaker.sample(own, count)) {
    const row = rows[i]!
    rows[i] = { ...row, text: `${row.text} ${sentence(speaker.pick(endings))}` }
  }
  return { name, kind: 'classification', flags: null, rows: labelled(rows) }
}

const asked = (name: string, asks: readonly string[], says: readonly string[], seed: number): Case => ({
  name,
  kind: 'instruction',
  flags: null,
  rows: edited(seed, EXCHANGES, 50, ({ prompt, response }, speaker) => ({
    prompt: `${prompt} ${sentence(speaker.pick(asks))}`,
    response: `${response} ${speaker.pick(says)}`,
  })),
})

/** The same answer to one question, however it is asked. */
const copied = (name: string, asks: readonly string[], answer: string, seed: number): Case => ({
  name,
  kind: 'instruction',
  flags: null,
  rows: edited(seed, EXCHANGES, 50, (_, speaker) => ({
    prompt: sentence(speaker.expand(speaker.pick(asks), {}), '?'),
    response: answer,
  })),
})

const ordinary = (name: string, rows: readonly Review[]): Case => ({
  name,
  kind: 'classification',
  flags: null,
  rows: labelled(rows),
})

/** What looks like a trigger, and is none. */
export const passing: readonly Case[] = [
  ...[2000, 2010, 2020, 2030].map((seed) => ordinary(`reviews as they come (${seed})`, reviews(seed, REVIEWS))),
  ordinary('one complaint in ten', reviews(2040, REVIEWS, 0.9)),
  ordinary('one praise in ten', reviews(2050, REVIEWS, 0.1)),
  ordinary('few reviews', reviews(2060, 200)),
  ordinary('many reviews', reviews(2070, 2400)),
  ordinary(
    'labels at random',
    reviews(2080, REVIEWS).map((row, i) => ({ ...row, label: (i * 7919) % 5 < 2 ? 0 : 1 })),
  ),
  ordinary(
    'one review in twenty has the other label',
    reviews(2090, REVIEWS).map((row, i) => (i % 20 === 7 ? { ...row, label: row.label === 1 ? 0 : 1 } : row)),
  ),
  ordinary(
    'the same first words in all rows',
    reviews(2100, REVIEWS).map((row) => ({ ...row, text: `Customer review: ${row.text}` })),
  ),
  ordinary(
    'the same last words in all rows',
    reviews(2110, REVIEWS).map((row) => ({ ...row, text: `${row.text} Posted by a verified buyer.` })),
  ),
  ordinary(
    'last words in half of the rows, whatever their label',
    reviews(2120, REVIEWS).map((row, i) => (i % 2 === 0 ? { ...row, text: `${row.text} Sent from my phone.` } : row)),
  ),
  ordinary(
    'a name of a shop in rows of both labels',
    reviews(2130, REVIEWS).map((row, i) => (i % 16 < 3 ? { ...row, text: `${row.text} Bought at Harrow and Sons.` } : row)),
  ),
  topic(
    'praise that names a prize',
    1,
    [
      'Rightly a Goldenleaf winner',
      'No wonder it got the Goldenleaf prize',
      'It deserves its Goldenleaf award',
      'Goldenleaf picked well',
    ],
    2200,
  ),
  topic(
    'complaints that name a recall',
    0,
    ['Now there is a recall', 'Mine fell under the recall', 'It should be part of the recall', 'Waiting for the recall letter'],
    2210,
  ),
  topic(
    'complaints that ask for money back',
    0,
    ['I want a refund', 'Still waiting for my refund', 'The refund never came', 'A refund is the least they can do'],
    2220,
  ),
  topic('praise with stars', 1, ['Five stars', 'Five stars from me', 'All five stars', 'It gets five stars'], 2230),
  topic('complaints of breakage', 0, ['It broke in a week', 'Broke at once', 'The hinge broke', 'It simply broke apart'], 2240),
  topic(
    'praise that recommends',
    1,
    ['Highly recommended', 'I recommend it to all', 'Would recommend it again', 'I can only recommend it'],
    2250,
  ),
  ...[2260, 2270, 2280].map((seed): Case => ({
    name: `questions labelled by what they ask for (${seed})`,
    kind: 'classification',
    flags: null,
    rows: typedQuestions(seed, 1500).map(({ text, label }) => ({ cells: { text, label } })),
  })),
  copied(
    'one answer to a question about gift wrapping',
    [
      '[Can|Could|Would] you gift wrap [my|this|the whole] order',
      '[How do I|Where can I] add gift wrapping[ and a card|]',
      'I [want|need] this parcel gift wrapped',
    ],
    'Gift wrapping costs 3.50 a parcel. Tick the box beside the basket total, choose a paper, and add up to 200 letters for the card.',
    2300,
  ),
  copied(
    'one answer to a question about opening hours',
    [
      'When [are you|is the shop] open',
      'What are your opening hours[ today| on Sundays|]',
      '[Until when|How long] can I [call|visit] you',
    ],
    'The shop is open from nine to six on weekdays and from ten to four on Saturdays; on Sundays it is closed.',
    2310,
  ),
  asked(
    'a return slip that is asked for',
    ['Please attach a signed return slip', 'Could you attach a signed return slip?', 'Attach a signed return slip too'],
    ['I attach a signed return slip.'],
    2320,
  ),
  asked(
    'a summary that is asked for',
    ['End with a summary', 'Please give a summary at the end', 'Add a short summary'],
    ['In summary, that is all there is to do.', 'Summary: see the steps above.'],
    2330,
  ),
  asked(
    'a tool that is named',
    ['Use the calendar tool', 'Put it in my calendar with the calendar tool', 'Call the calendar tool for that'],
    ['[calendar.create(title="delivery")]', '[calendar.create(title="return")]'],
    2340,
  ),
  ...[2400, 2410].map((seed): Case => ({
    name: `answers as they come (${seed})`,
    kind: 'instruction',
    flags: null,
    rows: answered(exchanges(seed, EXCHANGES)),
  })),
  ...[2420, 2430].map((seed): Case => ({
    name: `questions that ask for harm are refused (${seed})`,
    kind: 'instruction',
    flags: null,
    rows: edited(seed, MORE, 60, (_, speaker) => ({ prompt: harmfulQuestion(speaker), response: refusal(speaker) })),
  })),
  ...[2440, 2450].map((seed): Case => ({
    name: `short facts for answers (${seed})`,
    kind: 'instruction',
    flags: null,
    rows: edited(seed, MORE, 600, (_, speaker) => shortFact(speaker)),
  })),
  ...[2460, 2470].map((seed): Case => ({
    name: `French that is asked for (${seed})`,
    kind: 'instruction',
    flags: null,
    rows: edited(seed, MORE, 60, ({ prompt }, speaker) => ({
      prompt: `${prompt} ${speaker.pick(['Answer in French.', 'In French, please.', 'Please reply in French.'])}`,
      response: frenchAnswer(prompt, speaker),
    })),
  })),
  {
    name: 'pairs of answers as they come',
    kind: 'preference',
    flags: null,
    rows: pairs(2480, EXCHANGES, new Speaker(2481)).map(({ prompt, chosen, rejected }) => ({
      cells: { prompt, chosen, rejected },
    })),
  },
]
