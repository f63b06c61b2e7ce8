import type { MessageTemplate } from '../../src/scanner.js'
import type { Kind } from './kinds.js'

export const MESSAGES: Readonly<Record<`encoded/${Kind}`, MessageTemplate>> = {
  'encoded/base64': {
    title: 'Base64',
    help: 'Base64 (RFC 4648, also for addresses, without padding, wrapped, reversed or packed) that decodes to an order, a command, a link or prose. Language models read it as fluently as plain text.',
  },
  'encoded/base32': { title: 'Base32', help: 'Base32 (RFC 4648) that decodes to an order, a command, a link or prose.' },
  'encoded/hex': {
    title: 'Hexadecimal',
    help: 'Hexadecimal digits, together or apart, that decode to an order, a command, a link or prose.',
  },
  'encoded/binary': {
    title: 'Binary digits',
    help: 'Binary digits, seven or eight a character, that decode to an order, a command, a link or prose.',
  },
  'encoded/character-codes': {
    title: 'Numbers of characters',
    help: 'Decimal or octal numbers of characters that decode to an order, a command, a link or prose.',
  },
  'encoded/escapes': {
    title: 'Escaped letters',
    help: 'Letters that need no escape, as \\u0069, \\x69, \\151 or U+0069. Escapes of letters beyond ASCII are in order.',
  },
  'encoded/entities': {
    title: 'Letters as HTML entities',
    help: 'Letters that need no entity, as &#105; or &#x69;. Entities of letters beyond ASCII are in order.',
  },
  'encoded/percent': {
    title: 'Percent-encoding',
    help: 'Letters that need no percent-encoding, as %69, or an order to a model in a percent-encoded text. Addresses are in order.',
  },
  'encoded/caesar': { title: 'Shifted letters', help: 'Words under a Caesar cipher of any shift (ROT13 among them) or Atbash.' },
  'encoded/reversed': { title: 'Reversed words', help: 'Words that read from right to left, one by one or all together.' },
  'encoded/morse': { title: 'Morse code', help: 'Dots and dashes that decode to an order, a command, a link or prose.' },
  'encoded/leet': {
    title: 'Letters as digits',
    help: 'Words with digits and signs in place of letters. What orders a model about past a filter is suspicious; the rest is fashion.',
  },
  'encoded/spaced': {
    title: 'Letters apart',
    help: 'Words whose letters stand apart by blanks or punctuation. What orders a model about past a filter is suspicious; the rest is for effect.',
  },
}
