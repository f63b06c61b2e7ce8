/** What one text hides: invisible characters, look-alikes, and text that a renderer would not show. */
import {
  isBidi,
  isBidiEnd,
  isControl,
  isJoiner,
  isOverride,
  isPrivate,
  isSelector,
  isStyled,
  isTag,
  isZeroWidth,
  NOTABLE,
} from './characters.js'
import { ansiHidden, markupHidden } from './markup.js'
import type { Hidden } from './hidden.js'
import { lookAlikes } from './look-alikes.js'

/** Runs of selectors that carry bytes are long; a picture takes one. */
const FEWEST_SELECTORS = 4
const LATIN = /[A-Za-z]/
/** Scripts that part their words by blanks and shape no letters. */
const PLAIN_LETTER = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u
/** Written from right to left. */
const RIGHT_TO_LEFT = /\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Hebrew}|\p{Script=Thaana}|\p{Script=Nko}/u
/** Scripts in which zero-width characters shape letters or part words, and what joins pictures. */
const TAKES_ZERO_WIDTH =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Hangul}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/u
/** One or two such letters are a formula. */
const FEWEST_STYLED = 3
/** Where fullwidth letters are at home. */
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const EMOJI_FLAG = 0x1f3f4

/** @returns what is hidden, in the order of the text; empty for nearly every text, at the cost of a look at each unit */
export function inspect(text: string): Hidden[] {
  let first = -1
  for (let i = 0; i < text.length; i++) {
    if (NOTABLE[text.charCodeAt(i)] === 1) {
      first = i
      break
    }
  }
  if (first < 0) return text.includes(']: ') ? markupHidden(text) : []
  return [...characters(text, first), ...lookAlikes(text), ...markupHidden(text), ...ansiHidden(text)].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  )
}

/** What a whole text is written in: asked for at most once, since a hostile text asks at every character. */
class Scripts {
  private rightToLeft: boolean | null = null
  private eastAsian: boolean | null = null

  constructor(private readonly text: string) {}

  hasRightToLeft(): boolean {
    return (this.rightToLeft ??= RIGHT_TO_LEFT.test(this.text))
  }

  hasEastAsian(): boolean {
    return (this.eastAsian ??= EAST_ASIAN.test(this.text))
  }
}

function characters(text: string, first: number): Hidden[] {
  const found: Hidden[] = []
  const scripts = new Scripts(text)
  for (let i = first; i < text.length;) {
    const code = text.codePointAt(i)!
    const size = code > 0xffff ? 2 : 1
    if (code > 0x7e || code < 0x20) {
      const one = character(text, i, code, scripts)
      if (one !== null) {
        found.push(one)
        i = one.end
        continue
      }
    }
    i += size
  }
  return found
}

function character(text: string, start: number, code: number, scripts: Scripts): Hidden | null {
  const end = start + (code > 0xffff ? 2 : 1)
  if (isTag(code)) return tags(text, start)
  if (isSelector(code)) return selectors(text, start)
  if (isOverride(code) || isBidi(code)) return direction(text, start, code, scripts)
  if (isJoiner(code) && isBetweenJoined(text, start)) return null
  if (isZeroWidth(code)) return zeroWidth(text, start, code)
  // A lone escape is the terminal sequences' business.
  if (isControl(code)) return code === 0x1b ? null : { kind: 'control', code, start, end, grave: false, says: '' }
  if (isPrivate(code)) return { kind: 'private-use', code, start, end, grave: false, says: '' }
  return isStyled(code) ? styled(text, start, scripts) : null
}

/** Flags of regions are spelled in tags behind a black flag; anything else in tags is a message. */
function tags(text: string, start: number): Hidden {
  let end = start
  let says = ''
  while (end < text.length && isTag(text.codePointAt(end)!)) {
    const letter = text.codePointAt(end)! - 0xe0000
    if (letter >= 0x20 && letter < 0x7f) says += String.fromCharCode(letter)
    end += 2
  }
  const isFlag = start >= 2 && text.codePointAt(start - 2) === EMOJI_FLAG && /^[a-z0-9]{3,6}$/.test(says)
  return { kind: 'tag', code: 0xe0001, start, end, grave: !isFlag, says, ordinary: isFlag }
}

/** Bytes in variation selectors: the first sixteen are U+FE00 on, the others U+E0100 on. */
function selectors(text: string, start: number): Hidden {
  let end = start
  const bytes: number[] = []
  while (end < text.length) {
    const code = text.codePointAt(end)!
    if (!isSelector(code)) break
    bytes.push(code < 0x10000 ? code - 0xfe00 : code - 0xe0100 + 16)
    end += code > 0xffff ? 2 : 1
  }
  const ordinary = bytes.length < FEWEST_SELECTORS
  const says = ordinary ? '' : new TextDecoder().decode(Uint8Array.from(bytes)).replace(/[^\x20-\x7e]/g, '?')
  return { kind: 'selector', code: text.codePointAt(start)!, start, end, grave: !ordinary, says, ordinary }
}

/** Reordering hides only where all is written in one direction: mixed text needs these characters. */
function direction(text: string, start: number, code: number, scripts: Scripts): Hidden {
  const end = start + 1
  const ordinary = isBidiEnd(code) || scripts.hasRightToLeft()
  const after = text.slice(end, end + 200)
  const grave = !ordinary && isOverride(code) && LATIN.test(after)
  const word = /^[^\u202a-\u202e\u2066-\u2069\n]*/.exec(after)?.[0] ?? ''
  const says = code === 0x202e ? Array.from(word).reverse().join('') : word
  return { kind: 'bidi', code, start, end, grave, says: grave ? says : '', ordinary }
}

function zeroWidth(text: string, start: number, code: number): Hidden {
  let end = start + 1
  while (end < text.length && isZeroWidth(text.charCodeAt(end))) end++
  const before = text[start - 1] ?? ' '
  const after = text[end] ?? ' '
  // A soft hyphen marks where a word may be broken, which is what it is for.
  const grave = code !== 0xad && PLAIN_LETTER.test(before) && PLAIN_LETTER.test(after)
  const word = grave ? wordAround(text, start, end) : ''
  return { kind: 'zero-width', code, start, end, grave, says: word, ordinary: isBetweenJoined(text, start) }
}

function wordAround(text: string, start: number, end: number): string {
  const before = /[\p{L}\p{N}]{0,40}$/u.exec(text.slice(Math.max(0, start - 40), start))?.[0] ?? ''
  const after = /^[\p{L}\p{N}]{0,40}/u.exec(text.slice(end, end + 40))?.[0] ?? ''
  return before + after
}

/** Beside a letter or picture that such characters belong to. */
function isBetweenJoined(text: string, at: number): boolean {
  const before = Array.from(text.slice(Math.max(0, at - 4), at).toWellFormed())
  const after = Array.from(text.slice(at + 1, at + 3).toWellFormed())
  return [before.at(-1), before.at(-2), after[0]].some((letter) => letter !== undefined && TAKES_ZERO_WIDTH.test(letter))
}

/** Latin words in letters of mathematics or circled ones: read by people, not by what looks for words. */
function styled(text: string, start: number, scripts: Scripts): Hidden {
  let end = start
  let letters = 0
  while (end < text.length) {
    const code = text.codePointAt(end)!
    if (!isStyled(code)) break
    letters++
    end += code > 0xffff ? 2 : 1
  }
  const code = text.codePointAt(start)!
  const ordinary = letters < FEWEST_STYLED || (code >= 0xff00 && scripts.hasEastAsian())
  return { kind: 'styled-letters', code, start, end, grave: false, says: text.slice(start, end).normalize('NFKC'), ordinary }
}
