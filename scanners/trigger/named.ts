/** Names and links in running text: what content is injected for. */

/** A link or the start of a host name before a word: `https://`, `www.`, `name@`. */
const LINK_BEFORE = /(?:https?:\/\/|www\.|@)\S{0,60}$/i
/** The rest of a host name after a word. */
const HOST_AFTER =
  /^(?:[\w-]*\.)+(?:com|net|org|io|co|ai|app|dev|info|biz|shop|store|site|online|xyz|me|us|uk|ru|cn|de|[a-z]{2})\b/i
const LOOK = 60
/**
 * Code capitalises its classes and constants, and raises ValueError whatever is asked. Calls, braces and signs like these are
 * code from this share of the characters around a word: nine tenths of capitalised words in Python functions have as many,
 * one in fourteen in answers to instructions.
 */
const CODE_LOOK = 100
const CODE_SIGNS = /(?<=\w)[([]|[{}=_]|;$|->|::/gm
const CODE_SHARE = 0.025
const LEAST_SIGNS = 2
const EMPTY_LINE = /\n[ \t]*\n/
/** The beginning of a line that is a comment in one language or another: prose, in code as well. */
const COMMENT = /^\s*(?:#|\/\/|\/?\*|--|<!--)/

/** Whether the word at [start, end) is capitalised in prose where a sentence does not begin, or part of a link or host name. */
export function isNamed(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - LOOK), start)
  if (LINK_BEFORE.test(before) || HOST_AFTER.test(text.slice(end, end + LOOK))) return true
  const first = text.charAt(start)
  if (first === first.toLowerCase()) return false
  return /[\p{Ll}\p{N},;)]\s+$/u.test(before) && !isInCode(text, start, end)
}

function isInCode(text: string, start: number, end: number): boolean {
  if (COMMENT.test(text.slice(text.lastIndexOf('\n', start) + 1, start))) return false
  // What stands apart by an empty line may be said about the code.
  const [before = ''] = text
    .slice(Math.max(0, start - CODE_LOOK), start)
    .split(EMPTY_LINE)
    .slice(-1)
  const [after = ''] = text.slice(start, end + CODE_LOOK).split(EMPTY_LINE)
  const look = before + after
  return (look.match(CODE_SIGNS)?.length ?? 0) >= Math.max(LEAST_SIGNS, CODE_SHARE * look.length)
}
