import { z } from 'zod'
import type { FramedTokenizer } from './tokenizer.js'
import { WordPiece } from './wordpiece.js'

const special = z.object({ SpecialToken: z.object({ id: z.string() }) })
const sequence = z.object({ Sequence: z.object({ id: z.literal('A') }) })
const pair = z.tuple([z.string(), z.number().int()])

/** Exactly what the fast path implements: anything else in a `tokenizer.json` and it is not taken. */
const bertJson = z.object({
  added_tokens: z.array(
    z.object({
      id: z.number().int().nonnegative(),
      content: z.string().regex(/^\S+$/),
      single_word: z.literal(false),
      lstrip: z.literal(false),
      rstrip: z.literal(false),
      normalized: z.literal(false),
    }),
  ),
  normalizer: z.object({
    type: z.literal('BertNormalizer'),
    clean_text: z.literal(true),
    handle_chinese_chars: z.literal(true),
    strip_accents: z.literal(true).nullable(),
    lowercase: z.literal(true),
  }),
  pre_tokenizer: z.object({ type: z.literal('BertPreTokenizer') }),
  post_processor: z.union([
    z.object({ type: z.literal('TemplateProcessing'), single: z.tuple([special, sequence, special]) }),
    z.object({ type: z.literal('BertProcessing'), cls: pair, sep: pair }),
  ]),
  model: z.object({
    type: z.literal('WordPiece').optional(),
    unk_token: z.string(),
    continuing_subword_prefix: z.string().min(1),
    max_input_chars_per_word: z.number().int().positive(),
    // 30,000 entries: their values are checked where they are copied.
    vocab: z.custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null),
  }),
})

/** The fast tokenizer for a lower-casing BERT `tokenizer.json`; `null` for any other kind. */
export function bertTokenizer(json: unknown): FramedTokenizer | null {
  const parsed = bertJson.safeParse(json)
  if (!parsed.success) return null
  const { model, added_tokens, post_processor: frame } = parsed.data
  const vocab = readVocabulary(model.vocab)
  const id = (token: string): number => {
    const known = vocab.get(token)
    if (known === undefined) throw new Error(`${JSON.stringify(token)} is not in the vocabulary`)
    return known
  }
  const bert = frame.type === 'BertProcessing'
  return {
    tokenizer: new WordPiece({
      vocab,
      unknown: id(model.unk_token),
      prefix: model.continuing_subword_prefix,
      maxWordLength: model.max_input_chars_per_word,
      special: new Map(added_tokens.map((token) => [token.content, token.id])),
    }),
    before: [id(bert ? frame.cls[0] : frame.single[0].SpecialToken.id)],
    after: [id(bert ? frame.sep[0] : frame.single[2].SpecialToken.id)],
    padId: vocab.get('[PAD]') ?? 0,
  }
}

function readVocabulary(entries: Record<string, unknown>): Map<string, number> {
  const vocab = new Map<string, number>()
  for (const [token, id] of Object.entries(entries)) {
    if (!Number.isSafeInteger(id)) throw new Error(`the id of ${JSON.stringify(token)} is not a whole number`)
    vocab.set(token, id as number)
  }
  return vocab
}
