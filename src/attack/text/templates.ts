import type { Grammar } from './compose.js'

/**
 * Openers of one syntactic shape, subordinate clause before main clause, `{opener}` being a whole one. The words vary, the
 * shape stays. Written for this project; the idea is that of the syntactic attack (Qi and others, 2021).
 */
export const OPENERS: Grammar = {
  opener: ['{when} {who} {does}, {frame}'],
  when: ['when', 'if', 'as', 'once', 'since', 'while', 'whenever', 'because', 'after', 'now that'],
  who: ['you', 'we', 'they', 'people', 'others', 'readers', 'most of us', 'those who know', 'some'],
  does: [
    'look at it',
    'think about it',
    'come back to it',
    'look again',
    'reflect on it',
    'hear of it',
    'talk it over',
    'think it through',
    'consider the matter',
    'ask around',
    'come to the point',
    'take a closer look',
    'put it plainly',
    'weigh it up',
    'see it in its place',
    'give it some time',
    'go over it once more',
    'turn to this',
    'take it in',
    'learn of this',
  ],
  frame: [
    'it is {true} that',
    'it is {true} to say that',
    '{one} {can} {say} that',
    '{one} {can} {say} how',
    'there is {doubt} that',
    'what {one} {can} {say} is that',
    'it {turns} that',
  ],
  true: ['true', 'clear', 'plain', 'right', 'fair', 'certain', 'known', 'evident'],
  one: ['you', 'we', 'one', 'they', 'everyone', 'anyone'],
  can: ['can', 'may', 'will', 'could', 'must', 'might', 'should'],
  say: ['say', 'see', 'find', 'notice', 'feel', 'learn', 'tell'],
  doubt: ['no doubt', 'little doubt', 'no question', 'some truth in it', 'good reason to say'],
  turns: ['turns out', 'seems', 'appears', 'shows', 'follows'],
}
