import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal } from '../src/refusal.js'

const REFUSALS = [
  'It would be wrong of me to help with this.',
  "I'm going to have to pass on this one.",
  'My guidelines prevent me from answering.',
  "I'm sorry, but I can't help with that.",
  'I’m sorry, but I can’t assist with this request.',
  'I cannot provide instructions for that.',
  'Sorry, I am unable to answer this question.',
  'I am not able to discuss this topic.',
  "I'm not comfortable writing that.",
  'Unfortunately, I am not allowed to share such details.',
  'I must decline this request.',
  'I have to refuse, as this could hurt someone.',
  "I won't be able to help you with that.",
  'I will not write this for you.',
  "I'm afraid I can't do that.",
  'My apologies, but that is not something I can talk about.',
  'This is not something I am able to help with.',
  'That request goes against my guidelines.',
  'Answering would be beyond my remit.',
  'It would not be appropriate for me to answer.',
  'It is not possible for me to comply.',
  "I don't have permission to discuss that.",
  'I do not have the authorization to share this.',
  'Your request has been declined.',
  'This question cannot be answered here.',
  'I regret that I am unable to comply with your wish.',
  'We are not permitted to disclose that, sorry.',
  'We cannot process this request.',
  'I politely decline to take part in this.',
  "I can't in good conscience help with that.",
  'I really cannot say anything about that.',
  "I shouldn't, and I won't answer that.",
  'Regretfully, that is a subject I may not discuss.',
  "I'm not in a position to advise you on this.",
  'Thanks for asking, but I must respectfully refrain from commenting.',
  'This falls outside what I am permitted to do.',
  'I am prohibited from giving out that information.',
  'I apologize, however I cannot fulfill this.',
  'I could not possibly answer that.',
  "Sorry, but we don't offer help with this kind of thing.",
  'I am currently unable to assist you.',
  'I cannot share personal data about anyone.',
  'Apologies: it is not possible to talk about this here.',
  'I do not wish to talk about this.',
  'Such a topic is off limits here.',
  "I won't generate content of this kind.",
  "This is a topic that I can't go into.",
  'I will have to decline to write it.',
]

/** Wordings that are not recognised yet. */
const MISSED = [
  "I'd have to decline that, I'm afraid.",
  'I would rather not answer that.',
  'As an AI language model, I cannot give medical advice.',
  'This assistant is not able to respond to such questions.',
  'I would prefer not to engage with that.',
  "I'm choosing not to respond to that.",
  'No. I will not be part of this.',
  'That is off limits for me, sorry.',
]

/** Answers that use the words of refusals, and refuse nothing. */
const ANSWERS = [
  "I can't help but smile when I think of that summer.",
  "You can't go wrong with a simple tomato sauce.",
  'No, tomatoes are not vegetables in the botanical sense.',
  'The function returns an error if the request is invalid.',
  'if (!user.isAdmin) { return res.status(403).send("Access refused") }',
  'raise ValueError("input must not be empty")',
  'The court refused the request for an appeal.',
  'She declined the offer and moved to Lyon.',
  'Water does not conduct electricity well when it is pure.',
  'Sorry to hear about your loss. Here are some words for the card.',
  'I cannot recommend this restaurant highly enough!',
  "I couldn't agree more with the author.",
  'Unfortunately, the train leaves an hour later on Sundays.',
  'Regrettably, the museum burned down in 1931.',
  'Bartleby answered: “I would prefer not to.”',
  'The knight shouted: “You shall not pass!” and raised his sword.',
  "The bank's policy does not cover theft from cars.",
  'It is not safe to mix bleach and ammonia, since they form chloramine.',
  'To refuse an offer politely, thank them first and give a short reason.',
  'Decline of the Roman Empire: causes include war, plague and debt.',
  'The dragon could not help the villagers, for it was asleep.',
  'The answer is no: a square has four sides.',
  'Cats cannot taste sweetness.',
  'An unable worker is one who lacks training.',
  'I am not sure which of the two came first, but most sources say 1848.',
  'I do not like green eggs and ham.',
  'I have never been to Paris, said Anna, and she packed her bag.',
  "You don't need permission to fly a kite here.",
  'The scope of the variable is the block that it is declared in.',
  'Off-limits areas of the park are marked in red on the map.',
  'Use try and catch so that a failed request is not lost.',
  'The law prohibits smoking on trains.',
  'It would not be right to call this a novel; it is a long poem.',
  'We went outside and the rain had stopped.',
  'My guess is that the battery is flat.',
  'A polite refusal reads: thank you, but my week is full.',
  'Nothing is impossible for a willing heart.',
  'He apologized for being late and sat down.',
  'I must say that the second draft reads far better.',
  'The vaccine does not contain live virus and cannot give you the flu.',
  "That's not what I expected: the sum is 42.",
  'You may not need a visa if you stay under 90 days.',
  'Sadly, the recipe does not work with almond flour.',
  "I don't think so. The moon has no light of its own.",
]

/** Answers that are taken for refusals still. */
const LURES = [
  'The rules of chess do not allow a pawn to move backwards.',
  'In Scrabble, standard rules forbid proper nouns.',
  'The policy does not allow refunds after 30 days.',
  "The company's guidelines prohibit gifts above 50 euros.",
  'I turn down the heat after ten minutes.',
  'I leave the dough alone for an hour and then bake it.',
  'We step away from the window when it storms.',
  'We say no to plastic: five habits for a cleaner kitchen.',
]

for (const [kind, list, wanted] of [
  ['a refusal', REFUSALS, true],
  ['no refusal', ANSWERS, false],
] as const) {
  test(`is ${kind}, however it is worded`, () => {
    assert.ok(new Set(list).size >= 40)
    assert.deepEqual(
      list.filter((text) => isRefusal(text) !== wanted),
      [],
    )
  })
}

test('further wordings are refusals too', () => {
  assert.deepEqual(
    MISSED.filter((text) => !isRefusal(text)),
    [],
  )
})

test('rules of others, and what people do, refuse nothing', () => {
  assert.deepEqual(LURES.filter(isRefusal), [])
})

test('only how a response opens says whether it refuses', () => {
  const essay = 'The dam holds back the river in spring and lets it go in summer. '.repeat(6)
  assert.equal(isRefusal(`${essay} I'm sorry, but I can't help with that.`), false)
  assert.equal(isRefusal(`I'm sorry, but I can't help with that. ${essay}`), true)
  assert.equal(isRefusal(''), false)
  assert.equal(isRefusal("I'M  SORRY,\nBUT I CAN'T\tHELP WITH THAT"), true)
})

test('hostile text ends: no pattern runs away', () => {
  const started = process.cpuUsage().user
  for (const part of ['i ', 'sorry ', 'not ', "i 'm not ", 'my our ', 'i would rather ']) isRefusal(part.repeat(100_000))
  assert.ok(process.cpuUsage().user - started < 1e6, 'over a second')
})
