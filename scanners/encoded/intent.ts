/** What a decoded text wants: an order to a model, a command, a link, or only to be read. */

export type Want = 'order' | 'command' | 'link' | 'text'

export interface Intent {
  readonly want: Want
  /**
   * Of an order: 3 overrides a model's rules, changes who it is or asks for secrets; 2 lays down what it answers; 1 is any
   * sentence in the imperative. 0 for the rest.
   */
  readonly strength: 0 | 1 | 2 | 3
}

/** Units of the head and the tail that are looked at. */
const LOOKED = 2000
/** Longer texts are documents: a sentence in the imperative there is nothing special. */
const SHORT = 400

const OVERRIDES: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass|skip|neglect)\b[^.!?\n]{0,40}\b(?:instructions?|prompts?|rules|previous|prior|above|earlier|guidelines|safety|polic(?:y|ies)|filters?|restrictions?|training|system|questions?|context|orders|everything)\b/i,
  /\b(?:you are|you're) (?:now|no longer)\b|\bfrom now on\b|\bpretend (?:to be|you|that)\b|\bact as (?:an?|if|the)\b|\bnew instructions?\b/i,
  /\b(?:system|developer|hidden|secret) (?:prompt|mode|message|instructions?)\b|\bjailbreak\b|\bdo anything now\b/i,
  /\b(?:ai|assistants?|language models?|llms?|chatbots?|models?)\b[^.!?\n]{0,30}\b(?:must|should|shall|has to|have to|will always)\b/i,
  /\b(?:reveal|leak|send|exfiltrate|print|show|give|email|upload|post)\b[^.!?\n]{0,40}\b(?:passwords?|secrets?|api keys?|credentials?|access tokens?|system prompt|training data|private keys?|env(?:ironment)? variables)\b/i,
  /\bignor(?:a|e|ez|iere|ieren|iert|i)\b[^.!?\n]{0,40}\b(?:instruc\w{0,8}|anweisung\w{0,3}|instruzion\w|istruzion\w|consignes|regeln|reglas|regras|règles|regole)|忽略[^。]{0,12}(?:指令|指示|提示|说明)|無視[^。]{0,12}(?:指示|命令)|игнорируй[^.]{0,30}(?:инструкц|указан|правил)/iu,
]

const ANSWERS: readonly RegExp[] = [
  /\b(?:reply|respond|answer|say|output|print|state|repeat|write|return)\b[^.!?\n]{0,60}\b(?:only|exactly|nothing (?:else|more)|no matter|every|always|verbatim|instead|the words?)\b/i,
  /\b(?:only|always|never|must|do not|don't)\b[^.!?\n]{0,12}\b(?:reply|respond|answer|say|output|print|mention|refuse|recommend|praise|include|obey|comply)\b/i,
  /\b(?:classify|label|rate|mark|call|score|treat|predict)\b[^.!?\n]{0,40}\b(?:as|positive|negative|safe|harmless|spam|ham|benign|class|label)\b/i,
]

const IMPERATIVES = new Set(
  `accept act add admit agree allow answer append apply approve ask assume attack authorize begin behave block buy bypass call cancel change
  check choose classify click close confirm connect contact continue copy create declare delete deny describe disable discard disclose
  disregard do download drop email enable end enter erase execute explain export fetch finish follow forget forward generate get give go
  grant hide ignore include increase insert install introduce join keep label leak leave let list load log lower make mark mention move
  name never obey offer open output override overwrite pay play post praise predict press pretend print proceed promise provide publish
  purchase push put quote raise rate recommend refuse register reject release remember remove repeat replace reply report request reset
  respond return reveal rewrite run save say select sell send set share shift show shut sign skip speak start state stop submit subscribe
  suggest switch take talk tell translate transfer treat trust turn unlock update upgrade upload use view visit vote wipe withdraw write`.split(
    /\s+/,
  ),
)
const BEFORE_VERB =
  /^(?:(?:please|now|then|and|next|instead|you must|you should|you will|you have to|always|never|do not|don't|just|simply|only|kindly|immediately|urgent|attention|order|task|instruction|note|important|assistant|model)[\s,:.]+){0,4}/i
const CLAUSE = /^(?:when|whenever|if|after|before|for|in|to|as|at) [^,]{1,80}, +/i

const COMMANDS =
  /\b(?:curl|wget) +[^\n]{0,80}(?:https?:|-[a-zA-Z]|\w\.\w)|\brm +-[rf]{1,2}\b|\b(?:ba|z)?sh +-[cie]\b|\/bin\/(?:ba|z)?sh\b|\bpowershell\b|\bInvoke-(?:Expression|WebRequest|RestMethod)\b|\bIEX\b *\(|\bnc +-[a-z]{1,5}\b|\beval *\(|\bexec *\(|\bos\.(?:system|popen)\b|\bsubprocess\.|\bchmod +[+0-7]|\bsudo +\w|\bDROP +TABLE\b|\bimport +(?:os|socket|subprocess)\b|\bdocument\.cookie\b|\bcmd(?:\.exe)? +\/c\b/i
const LINK = /\bhttps?:\/\/[\w-]{1,63}(?:\.[\w-]{1,63})+|\bwww\.[\w-]{1,63}\.\w{2}/i

/** Null for what is neither: data, code, markup, a word or two. */
export function intentOf(decoded: string): Intent | null {
  const text = decoded.length <= 2 * LOOKED ? decoded : `${decoded.slice(0, LOOKED)}\n${decoded.slice(-LOOKED)}`
  if (OVERRIDES.some((pattern) => pattern.test(text))) return { want: 'order', strength: 3 }
  if (/^\s*[{[<]/.test(text) || decoded.length > SHORT) return isProse(text) ? { want: 'text', strength: 0 } : null
  if (COMMANDS.test(text)) return { want: 'command', strength: 0 }
  const prose = isProse(text)
  if (prose && ANSWERS.some((pattern) => pattern.test(text))) return { want: 'order', strength: 2 }
  if (LINK.test(text)) return { want: 'link', strength: 0 }
  if (isImperative(text)) return { want: 'order', strength: 1 }
  return prose ? { want: 'text', strength: 0 } : null
}

function isImperative(text: string): boolean {
  return text.split(/[.!?\n;]\s*/, 20).some((sentence) => {
    const words = sentence.trim().replace(CLAUSE, '').replace(BEFORE_VERB, '')
    const verb = /^[a-z]+/i.exec(words)?.[0].toLowerCase() ?? ''
    return IMPERATIVES.has(verb) && /^[a-z]+ +[\p{L}\p{N}"'“‘]/iu.test(words)
  })
}

const LEAST_WORDS = 3
const LEAST_IDEOGRAPHS = 6
/** Of what is no blank: code and markup have more signs. */
const LETTER_SHARE = 0.8
const LONGEST_MEAN = 12

/** Three words or more, of letters nearly throughout. */
function isProse(text: string): boolean {
  const letters = text.match(/\p{L}|\p{M}/gu)?.length ?? 0
  const inked = text.replace(/\s/g, '').length
  if (letters < LETTER_SHARE * inked) return false
  if ((text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0) >= LEAST_IDEOGRAPHS)
    return true
  const words = text.split(/[\s,.;:!?]+/).filter((word) => /\p{L}/u.test(word))
  return words.length >= LEAST_WORDS && letters <= LONGEST_MEAN * words.length && /[\p{L}]{3}/u.test(text)
}
