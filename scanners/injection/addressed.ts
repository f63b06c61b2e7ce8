/** Whether a text without a reply speaks to a model: readers of prose are told to ignore instructions, too. */
import type { Hit } from './matcher.js'

const BEFORE = 240
const AFTER = 240

const MODEL =
  /\b(?:a\.?i\.?(?: (?:model|assistant|agent|system|reviewer)s?)?|llms?|assistants?|chatbots?|language models?|gpt(?:-?\w+)?|chatgpt|claude|gemini|copilot|system prompt|your (?:prompt|programming|training|context|guidelines)|the (?:ai|model)|ia|ki|asistente|modelo de lenguaje|sprachmodell|modèle de langage)\b|人工智能|模型|助手|人工知能|アシスタント|인공지능|어시스턴트|نموذج|مساعد/i

/** What one has a model do, and not a reader. */
const ORDER =
  /\b(?:say|print|output|respond (?:only |just )?with|reply (?:only |just )?with|answer (?:only |just )?(?:with|in)|classify|label (?:this|it|the)|rate (?:this|it|the)|score (?:this|it|the)|return|translate|summari[sz]e|reveal|you are now|act as|from now on|generate|write (?:a|the word|only)|recommend (?:this|our|only)|di|dis|sag|antworte|responde|réponds|imprime|rispondi|скажи|ответь|выведи)\b|输出|回答|出力|答え|대답|출력/i

export function isAddressed(text: string, { rule, start, end }: Hit): boolean {
  if (rule.speaks) return true
  return MODEL.test(text.slice(Math.max(0, start - BEFORE), end + AFTER)) || ORDER.test(text.slice(end, end + AFTER))
}
