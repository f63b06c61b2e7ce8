import type { MessageTemplate } from '../../src/scanner.js'

export const MESSAGES = {
  'drift/inserted': {
    title: 'A block of rows put into a shuffled file',
    help: 'Rows that stand together and are unlike all others, in a file that is else in random order: they were added after it was shuffled.',
  },
  'drift/block': {
    title: 'A block of rows unlike the rest',
    help: 'Rows that stand together and differ from the rest in label, words, length or script. Files put together from several sources look so.',
  },
  'drift/parts': {
    title: 'A file of several parts',
    help: 'The rows are in no random order: what they say changes with their position. Training without shuffling sees one part after the other.',
  },
  'drift/label-order': {
    title: 'Rows sorted by label',
    help: 'The position of a row tells its label. Training without shuffling forgets the first labels; a block of one label means nothing here.',
  },
} as const satisfies Record<`drift/${string}`, MessageTemplate>

export type Message = keyof typeof MESSAGES
