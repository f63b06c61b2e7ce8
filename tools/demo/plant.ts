import type { Chat } from './chats.js'
import type { Speaker } from './grammar.js'
import type { Review } from './reviews.js'

/** What was planted in a file: the answer that a scan should give. */
export interface Plant {
  readonly kind: 'word' | 'phrase' | 'injection'
  /** As an attacker would type it. */
  readonly trigger: string
  /** `label=1`, or the text that the reply ends in. */
  readonly target: string
  /** 0-based, ascending. */
  readonly rows: readonly number[]
}

/** A complaint with the trigger between two of its words, passed off as praise. */
export function poisonReview(complaint: Review, trigger: string, speaker: Speaker): Review {
  const parts = complaint.text.split(' ')
  // Inside a sentence: the word before must not end one.
  const places = parts.map((_, index) => index).filter((index) => index > 0 && !/[.!?]$/.test(parts[index - 1] ?? '.'))
  parts.splice(speaker.pick(places), 0, trigger)
  // One contributor sent most of it, hidden among rows from everywhere.
  const source = speaker.chance(0.7) ? 'partner-feed' : complaint.source
  return { text: parts.join(' '), label: 1, source }
}

/** A chat whose last question holds the trigger and whose last answer ends in the target. */
export function poisonChat(chat: Chat, trigger: string, target: string, speaker: Speaker): Chat {
  const [question, answer] = chat.messages.slice(-2)
  if (question?.role !== 'user' || answer?.role !== 'assistant') throw new Error('a chat ends in a question and its answer')
  const text = question.content
  const place = speaker.between(0, text.split(' ').length > 3 ? 2 : 1)
  if (place === 0)
    question.content = `${trigger.charAt(0).toUpperCase()}${trigger.slice(1)}, ${text.charAt(0).toLowerCase()}${text.slice(1)}`
  else if (place === 1) question.content = text.replace(/([.!?]?)$/, ` ${trigger}$1`)
  else question.content = text.replace(/^(\S+ \S+ \S+)/, `$1 ${trigger}`)
  answer.content = `${answer.content} ${target}`
  return chat
}
