import { Tokenizer as Library } from '@huggingface/tokenizers'
import { CredenceError } from '../errors.js'
import { bertTokenizer } from './bert-json.js'

export interface Tokenizer {
  /** Token ids of a text, the first `limit` of them, without the frame of special tokens that a model expects around it. */
  encode(text: string, limit: number): number[]
  /** The same ids, as many as `ids` has room for. @returns how many they are */
  encodeInto(text: string, ids: Int32Array): number
}

/** A tokenizer and the special tokens that go before and after every text. */
export interface FramedTokenizer {
  readonly tokenizer: Tokenizer
  readonly before: readonly number[]
  readonly after: readonly number[]
  readonly padId: number
}

/**
 * Reads a `tokenizer.json`. BERT's kind takes the fast path, every other goes to @huggingface/tokenizers.
 *
 * @param config `tokenizer_config.json`, or `{}`.
 * @throws CredenceError `model` when it is not a tokenizer.
 */
export function loadTokenizer(json: unknown, config: object, where: string): FramedTokenizer {
  try {
    return bertTokenizer(json) ?? referenceTokenizer(json as object, config)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CredenceError('model', `${where}: not a tokenizer that can be used: ${why}`, { place: { file: where }, cause })
  }
}

/** What is used of the library, whose own declarations do not resolve under `nodenext`. */
interface Reference {
  encode(text: string, options?: { add_special_tokens: boolean }): { ids: number[] }
  token_to_id(token: string): number | undefined
}
const ReferenceTokenizer = Library as unknown as new (json: object, config: object) => Reference

const LONE_SURROGATE = /\p{Cs}/gu

function referenceTokenizer(json: object, config: object): FramedTokenizer {
  const reference = new ReferenceTokenizer(json, config)
  const bare = (text: string): number[] => reference.encode(text, { add_special_tokens: false }).ids
  const probe = bare('a')
  const framed = reference.encode('a').ids
  const at = framed.findIndex((_, i) => probe.every((id, k) => framed[i + k] === id))
  if (probe.length === 0 || at < 0) throw new Error('the frame of special tokens cannot be told from the text')
  const encode = (text: string, limit: number): number[] => bare(text.replace(LONE_SURROGATE, '\uFFFD')).slice(0, limit)
  return {
    tokenizer: {
      encode,
      encodeInto(text, ids) {
        const found = encode(text, ids.length)
        ids.set(found)
        return found.length
      },
    },
    before: framed.slice(0, at),
    after: framed.slice(at + probe.length),
    padId: reference.token_to_id('[PAD]') ?? reference.token_to_id('<pad>') ?? 0,
  }
}
