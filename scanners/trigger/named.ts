/** Names and links in running text: what content is injected for. */

/** A link or the start of a host name before a word: `https://`, `www.`, `name@`. */
const LINK_BEFORE = /(?:https?:\/\/|www\.|@)\S{0,60}$/i
/** The rest of a host name after a word. */
const HOST_AFTER =
  /^(?:[\w-]*\.)+(?:com|net|org|io|co|ai|app|dev|info|biz|shop|store|site|online|xyz|me|us|uk|ru|cn|de|[a-z]{2})\b/i
const LOOK = 60

/** Whether the word at [start, end) is capitalised where a sentence does not begin, or part of a link or host name. */
export function isNamed(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - LOOK), start)
  if (LINK_BEFORE.test(before) || HOST_AFTER.test(text.slice(end, end + LOOK))) return true
  const first = text.charAt(start)
  if (first === first.toLowerCase()) return false
  return /[\p{Ll}\p{N},;)]\s+$/u.test(before)
}
