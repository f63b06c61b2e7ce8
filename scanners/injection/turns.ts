/** Chats written into one text: where the turn that answers begins and ends. */

const ANSWERS =
  /\n[ \t]{0,8}(?:#{2,4}[ \t]{0,4})?(?:assistant|response|ai|bot|chatgpt|gpt|model|answer) ?:|<\|im_start\|>\s*assistant\b|<\|assistant\|>|\[\/INST\]|<start_of_turn>\s*model\b|<\|start_header_id\|>\s*assistant\s*<\|end_header_id\|>/gi
const ASKS =
  /\n[ \t]{0,8}(?:#{2,4}[ \t]{0,4})?(?:human|user|instruction|question) ?:|<\|im_start\|>\s*user\b|<\|im_end\|>|<\|user\|>|\[INST\]|<\/s>|<end_of_turn>|<\|eot_id\|>/i

export interface Turns {
  readonly prompt: string
  readonly reply: string
}

/** @returns the text up to the first answer at or after `from`, and that answer; null where none is marked */
export function splitAt(text: string, from: number): Turns | null {
  ANSWERS.lastIndex = from
  const match = ANSWERS.exec(text)
  if (match === null) return null
  const rest = text.slice(match.index + match[0].length).trimStart()
  const end = rest.search(ASKS)
  const reply = end < 0 ? rest : rest.slice(0, end)
  return reply.trim() === '' ? null : { prompt: text.slice(0, match.index), reply }
}
