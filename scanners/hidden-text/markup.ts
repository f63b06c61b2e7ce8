/** Text that a browser, a Markdown renderer or a terminal would not show. */
import type { Hidden } from './hidden.js'

/** UTF-16 units. */
const LONGEST_TAG = 600
const LONGEST_TEXT = 2000
const FEWEST_WORDS = 6
/** A text of more elements than this is a page, and is looked at up to here. */
const MOST_TAGS = 2000

const HIDING =
  /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:[;"']|$)|opacity\s*:\s*0\s*(?:[;"']|$)|[^-]color\s*[:=]\s*["']?(?:white|transparent|#fff(?:fff)?)\b|\shidden(?:\s|=|>|\/|$)/i

/** Speaks to a model rather than to a reader of the source. */
const TO_A_MODEL =
  /\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instructions?|prompts?|rules|previous|above)\b|\byou (?:are|must|should|will) (?:now|always|never|an? (?:ai|assistant|model))\b|\bsystem prompt\b|\b(?:assistants?|ai|llms?|language models?|chatbots?)\b[^.]{0,30}\b(?:must|should|respond|answer|reply|say|output|recommend)\b|\b(?:always|only) (?:respond|answer|reply|say|recommend)\b/i

const MARKDOWN_COMMENT = /^\[[^\]\n]{1,40}\]:\s*(?:#|<>)\s*[("']([^\n]{1,2000}?)[)"']\s*$/gm

export function markupHidden(text: string): Hidden[] {
  const found: Hidden[] = []
  const add = (start: number, end: number, says: string): void => {
    const plain = says.replace(/\s+/g, ' ').trim()
    const grave = TO_A_MODEL.test(plain)
    if (grave || plain.split(' ').length >= FEWEST_WORDS) found.push({ kind: 'markup', code: 0, start, end, grave, says: plain })
  }
  let at = text.indexOf('<')
  for (let tags = 0; at >= 0 && tags < MOST_TAGS; tags++) {
    const end = text.startsWith('<!--', at) ? comment(text, at, add) : element(text, at, add)
    at = text.indexOf('<', end)
  }
  if (text.includes(']:')) {
    for (const match of text.matchAll(MARKDOWN_COMMENT)) add(match.index, match.index + match[0].length, match[1]!)
  }
  return found
}

type Add = (start: number, end: number, says: string) => void

function comment(text: string, at: number, add: Add): number {
  const end = text.slice(at, at + LONGEST_TEXT).indexOf('-->')
  if (end < 0) return at + 4
  add(at, at + end + 3, text.slice(at + 4, at + end))
  return at + end + 3
}

function element(text: string, at: number, add: Add): number {
  const head = text.slice(at, at + LONGEST_TAG)
  const close = head.indexOf('>')
  if (close < 0 || !/^<[a-z]/i.test(head) || !HIDING.test(head.slice(0, close))) return at + 1
  const from = at + close + 1
  const body = text.slice(from, from + LONGEST_TEXT)
  const end = body.indexOf('<')
  const says = end < 0 ? body : body.slice(0, end)
  if (says.trim() !== '') add(at, from + says.length, says)
  return from
}

/** Escape sequences of terminals: concealed text, moves of the cursor, erasure, titles and links. */

const ANSI = /\u001b(?:\[([0-9;]{0,40})([A-Za-z])|\]([^\u0007\u001b]{0,200}))/g

export function ansiHidden(text: string): Hidden[] {
  if (!text.includes('\u001b')) return []
  return Array.from(text.matchAll(ANSI), (match): Hidden => {
    const [all, numbers = '', command = ']'] = match
    const conceals = command === 'm' && numbers.split(';').includes('8')
    const rest = text.slice(match.index + all.length, match.index + all.length + 200)
    const says = conceals ? (rest.split('\u001b')[0] ?? '') : ''
    return {
      kind: 'ansi',
      code: 0x1b,
      start: match.index,
      end: match.index + all.length,
      grave: conceals || /[ABFHJKf\]]/.test(command),
      says,
    }
  })
}
