import type { MessageTemplate } from '../../src/scanner.js'
import type { Kind } from './characters.js'

export const MESSAGES: Readonly<Record<`hidden-text/${Kind}`, MessageTemplate>> = {
  'hidden-text/tag': {
    title: 'Text in tag characters',
    help: 'Tag characters (U+E0000 block) repeat ASCII and no font shows them: a model reads what people cannot see.',
  },
  'hidden-text/selector': {
    title: 'Bytes in variation selectors',
    help: 'Runs of variation selectors take no room and can carry any bytes behind one character.',
  },
  'hidden-text/bidi': {
    title: 'Direction overrides in text of one direction',
    help: 'Overrides show text in another order than it is stored. Where nothing is written from right to left there is no need for them.',
  },
  'hidden-text/zero-width': {
    title: 'Zero-width characters',
    help: 'Characters without width make a word another word for a model and leave it the same for people. Beside blanks they are mostly left over from web pages.',
  },
  'hidden-text/control': {
    title: 'Control characters',
    help: 'Control characters other than tabs and line ends, mostly left by broken conversion.',
  },
  'hidden-text/private-use': {
    title: 'Private-use characters',
    help: 'Characters that mean what a private font makes of them, mostly bullets and icons.',
  },
  'hidden-text/look-alike': {
    title: 'Letters of another script that look Latin',
    help: 'Words of Latin text with Cyrillic, Greek or Armenian letters in them read the same to people and not to a model.',
  },
  'hidden-text/styled-letters': {
    title: 'Words in styled letters',
    help: 'Mathematical, fullwidth or circled letters in place of plain ones: a fashion in social media, and a way past filters.',
  },
  'hidden-text/markup': {
    title: 'Text hidden by markup',
    help: 'Comments, hidden elements and text without contrast are in the data and not on the page. What speaks to a model there is suspicious.',
  },
  'hidden-text/ansi': {
    title: 'Terminal escape sequences',
    help: 'Sequences that conceal text, move the cursor or erase make a terminal show other text than is stored.',
  },
}
