/** Everything personal or secret in one text, cheap looks first. */
import { accounts } from './accounts.js'
import { canaries, randomTokens } from './canaries.js'
import { keys, passwords, urlCredentials } from './credentials.js'
import { emails } from './emails.js'
import { ipAddresses } from './ip-addresses.js'
import type { Datum, Kind } from './kinds.js'
import { KINDS } from './kinds.js'
import { nationalIds } from './national-ids.js'
import { phones } from './phones.js'
import { postalAddresses } from './postal-addresses.js'
import { ASSIGNS, DIGIT, DOTTED, GROUPED_HEX, LONG_RUN, NAMED, NUMBER, PHRASE, POSTCODE, SHORT_KEY } from './prefilter.js'
import { mnemonics, privateKeys, walletKeys } from './private-keys.js'

/** A hostile text of nothing but values is told apart as well by so many. */
const MOST = 5000
const RANK: ReadonlyMap<Kind, number> = new Map(KINDS.map((kind, i) => [kind, i]))
const NONE: readonly Datum[] = []

const IN_LONG_RUNS = [privateKeys, walletKeys, keys, randomTokens]
const IN_NUMBERS = [nationalIds, phones, accounts]

/** @returns what there is in the order of the text, none overlapping another */
export function detect(text: string): readonly Datum[] {
  const found: Datum[] = []
  const add = (data: readonly Datum[]): void => {
    for (const datum of data) found.push(datum)
  }
  const at = text.includes('@')
  if (at) add(emails(text))
  if (at && text.includes('://')) add(urlCredentials(text))
  if (PHRASE.test(text)) add(mnemonics(text))
  const digit = DIGIT.test(text)
  const longRun = (digit && LONG_RUN.test(text)) || SHORT_KEY.test(text)
  if (longRun) for (const find of IN_LONG_RUNS) add(find(text))
  if (digit) {
    if (ASSIGNS.test(text) && NAMED.test(text)) add(passwords(text))
    if (DOTTED.test(text) || GROUPED_HEX.test(text)) add(ipAddresses(text))
    if (POSTCODE.test(text)) add(postalAddresses(text))
    const number = NUMBER.test(text)
    if (number) for (const find of IN_NUMBERS) add(find(text))
    if (number || longRun) add(canaries(text))
  }
  return found.length === 0 ? NONE : apart(found).slice(0, MOST)
}

/** Of these, what is personal or secret by itself, rather than by how often it comes. */
export function detectCertain(text: string): readonly Datum[] {
  return detect(text).filter(({ weak, checked }) => weak !== true || checked === true)
}

/** Of two that overlap the more telling one stays, over the range of both. */
function apart(found: Datum[]): Datum[] {
  found.sort((a, b) => a.start - b.start || rankOf(a) - rankOf(b) || b.end - a.end)
  const kept: Datum[] = []
  for (const datum of found) {
    const last = kept.at(-1)
    if (last === undefined || datum.start >= last.end) {
      kept.push(datum)
      continue
    }
    const winner = rankOf(datum) < rankOf(last) ? datum : last
    kept[kept.length - 1] = { ...winner, start: last.start, end: Math.max(last.end, datum.end) }
  }
  return kept
}

/** What proves nothing alone gives way to what does. */
function rankOf({ kind, weak }: Datum): number {
  return RANK.get(kind)! + (weak === true ? KINDS.length : 0)
}
