/**
 * BERT's text rules as the `tokenizers` library has them (BertNormalizer with clean_text, handle_chinese_chars,
 * lowercase and strip_accents; BertPreTokenizer): what is dropped, what is a space, what stands alone.
 */
import { ALONE, DROPPED, MARKS, PUNCTUATION, SPACES } from './bert-tables.js'

const IS_DROPPED = 1
const IS_SPACE = 2
const IS_ALONE = 4
const IS_MARK = 8
const IS_PUNCTUATION = 16

const CODE_POINTS = 0x110000

const classes = new Uint8Array(CODE_POINTS)
mark(DROPPED, IS_DROPPED)
mark(SPACES, IS_SPACE)
mark(ALONE, IS_ALONE)
mark(MARKS, IS_MARK)
mark(PUNCTUATION, IS_PUNCTUATION)
// A lone surrogate is not a character; readers turn it into U+FFFD, which is dropped.
classes.fill(IS_DROPPED, 0xd800, 0xe000)

function mark(packed: string, flag: number): void {
  let end = 0
  for (const range of packed.split(' ')) {
    const [gap = '', more = '0'] = range.split('+')
    const first = end + parseInt(gap, 36)
    end = first + parseInt(more, 36)
    for (let code = first; code <= end; code++) classes[code]! |= flag
  }
}

/** Whether a UTF-16 unit separates words wherever it stands. */
export function isSpace(unit: number): boolean {
  return (classes[unit]! & IS_SPACE) !== 0
}

/** Words of a text in order, punctuation marks and ideographs alone; lower-cased, without accents. */
export function bertWords(text: string): string[] {
  const words: string[] = []
  let word = ''
  const close = (): void => {
    if (word !== '') words.push(word)
    word = ''
  }
  for (const character of lower(clean(text))) {
    const kind = classes[character.codePointAt(0)!]!
    if ((kind & IS_SPACE) !== 0) close()
    else if ((kind & IS_PUNCTUATION) !== 0) {
      close()
      words.push(character)
    } else word += character
  }
  close()
  return words
}

function clean(text: string): string {
  let kept = ''
  for (const character of text) {
    const kind = classes[character.codePointAt(0)!]!
    if ((kind & IS_DROPPED) !== 0) continue
    if ((kind & IS_SPACE) !== 0) kept += ' '
    else if ((kind & IS_ALONE) !== 0) kept += ` ${character} `
    else kept += character
  }
  return kept
}

/** Character by character, as the library does: a final sigma is not told from any other. */
function lower(text: string): string {
  let kept = ''
  for (const character of text.normalize('NFD')) {
    if ((classes[character.codePointAt(0)!]! & IS_MARK) === 0) kept += character.toLowerCase()
  }
  return kept
}
