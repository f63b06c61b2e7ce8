/**
 * BERT's text rules as the `tokenizers` library has them (BertNormalizer with clean_text, handle_chinese_chars,
 * lowercase and strip_accents; BertPreTokenizer): what is dropped, what is a space, what stands alone.
 */
import { ALONE, DROPPED, MARKS, PUNCTUATION, SPACES } from './bert-tables.js'

const spaces = characters(SPACES)
const punctuation = characters(PUNCTUATION)
/** A lone surrogate is not a character; readers turn it into U+FFFD, which is dropped. */
const dropped = new RegExp(`[${characters(DROPPED)}\\u{d800}-\\u{dfff}]`, 'gu')
const alone = new RegExp(`[${characters(ALONE)}]`, 'gu')
const marks = new RegExp(`[${characters(MARKS)}]`, 'gu')
const words = new RegExp(`[${punctuation}]|[^${punctuation}${spaces}]+`, 'gu')
const printableAscii = /^[!-~]*$/
const asciiWords = /[!-/:-@[-`{-~]|[^!-/:-@[-`{-~]+/g

const spaceUnits = new Uint8Array(0x10000)
for (const [first, last] of ranges(SPACES)) spaceUnits.fill(1, first, last + 1)

/** Whether a UTF-16 unit separates words wherever it stands. */
export function isSpace(unit: number): boolean {
  return spaceUnits[unit] === 1
}

/** Words of a text in order, punctuation marks and ideographs alone; lower-cased, without accents. */
export function bertWords(text: string): readonly string[] {
  if (printableAscii.test(text)) return text.toLowerCase().match(asciiWords) ?? []
  const clean = text.replace(dropped, '').replace(alone, ' $& ')
  // The library lower-cases character by character: it does not know that a sigma is the last of its word.
  const plain = clean.normalize('NFD').replace(marks, '').replaceAll('Σ', 'σ').toLowerCase()
  return plain.match(words) ?? []
}

/** The inside of a character class that matches a table's code points. */
function characters(table: string): string {
  const point = (code: number): string => `\\u{${code.toString(16)}}`
  return ranges(table)
    .map(([first, last]) => `${point(first)}-${point(last)}`)
    .join('')
}

function ranges(table: string): [number, number][] {
  let end = 0
  return table.split(' ').map((range) => {
    const [gap = '', more = '0'] = range.split('+')
    const first = end + parseInt(gap, 36)
    end = first + parseInt(more, 36)
    return [first, end]
  })
}
