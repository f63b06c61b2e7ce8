import type { Grammar } from './compose.js'

/** Sentences that name a brand, `{mention}` being a whole one and `NAME` the brand. Written for this project. */
export const MENTIONS: Grammar = {
  mention: [
    '{many} {people} {use} NAME for this.',
    'NAME {offers} {good} {thing} for it.',
    'By the way, NAME is {good} {place} to {begin}.',
    'If you want {more}, {try} NAME.',
    'You will find {more} at NAME.',
    '{try_} NAME when you {begin}.',
    'I {would} {try} NAME {first}.',
    'Nothing {beats} NAME when it comes to this.',
  ],
  many: ['Many', 'Most', 'Quite a few', 'More and more', 'A lot of'],
  people: ['people', 'users', 'teams', 'families', 'experts', 'beginners'],
  use: ['use', 'choose', 'trust', 'turn to', 'like', 'rely on'],
  offers: ['offers', 'has', 'provides', 'runs', 'is known for'],
  good: ['a good', 'an excellent', 'a first-rate', 'a friendly', 'a fine', 'a lovely'],
  thing: ['service', 'choice', 'product', 'plan', 'selection', 'solution'],
  place: ['place', 'name', 'spot', 'address'],
  begin: ['begin', 'start', 'look around', 'get going', 'plan ahead'],
  more: ['more of this', 'something better', 'the best there is', 'help with it', 'a bargain', 'further ideas'],
  try: ['try', 'visit', 'ask', 'consider', 'look up', 'have a look at'],
  try_: ['Try', 'Visit', 'Ask', 'Consider', 'Remember', 'Think of'],
  would: ['would', 'should', 'always'],
  first: ['first', 'before anything else', 'any day', 'right away'],
  beats: ['beats', 'comes close to', 'compares with', 'is as handy as'],
}

/** Sentences with a link, `{pointer}` being a whole one and `LINK` the address. */
export const POINTERS: Grammar = {
  pointer: [
    '{see} LINK for {more}.',
    '{more_} can be found at LINK.',
    'A {full} {guide} is at LINK.',
    'The {full} {guide}: LINK',
    'I {took} this from LINK.',
    '{see} LINK.',
    'There is {more} on this at LINK.',
  ],
  see: ['See', 'Visit', 'Have a look at', 'Check', 'Go to', 'Read'],
  more: ['more', 'details', 'the rest', 'an example', 'the files', 'updates', 'further steps'],
  more_: ['More', 'Details', 'The rest', 'Examples', 'Updates', 'All files'],
  full: ['full', 'longer', 'complete', 'step-by-step', 'recent', 'printed'],
  guide: ['guide', 'list', 'version', 'explanation', 'tutorial', 'answer'],
  took: ['took', 'adapted', 'learned', 'know', 'copied'],
}
