import type { Cell } from '../model/row-batch.js'
import { toCell } from './cell.js'

/** `messages`: role and content; `conversations`: from and value. */
export type ChatShape = 'messages' | 'conversations'

export interface ChatTurn {
  readonly speaker: string
  readonly text: Cell
}

/** One assistant turn: what a model is given and what it would learn to say. */
export interface ChatExample {
  readonly prompt: Cell
  readonly response: Cell
}

const KEYS: Readonly<Record<ChatShape, readonly [speaker: string, text: string]>> = {
  messages: ['role', 'content'],
  conversations: ['from', 'value'],
}

const ASSISTANT = new Set(['assistant', 'gpt', 'model', 'bot', 'ai', 'chatgpt', 'chatbot'])

/**
 * The turns of a chat cell: a list of structs, a struct of lists (how Hugging Face stores `Sequence`), or either as JSON.
 * @returns null where the value is no chat
 */
export function readTurns(value: unknown): { readonly shape: ChatShape; readonly turns: readonly ChatTurn[] } | null {
  const list = asList(value)
  if (!list || list.length === 0) return null
  for (const shape of ['messages', 'conversations'] as const) {
    const [speaker, text] = KEYS[shape]
    if (list.every((item) => isRecord(item) && typeof item[speaker] === 'string' && text in item)) {
      return {
        shape,
        turns: (list as Record<string, unknown>[]).map((item) => ({
          speaker: String(item[speaker]).toLowerCase(),
          text: contentText(item[text]),
        })),
      }
    }
  }
  return null
}

function asList(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as unknown[]
  if (typeof value === 'string') return /^\s*[[{]/.test(value) ? asList(parsed(value)) : null
  if (!isRecord(value)) return null
  for (const [speaker, text] of Object.values(KEYS)) {
    const speakers = value[speaker]
    const texts = value[text]
    if (Array.isArray(speakers) && Array.isArray(texts))
      return speakers.map((name: unknown, i) => ({ [speaker]: name, [text]: texts[i] as unknown }))
  }
  return null
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? null : value
  } catch {
    return null // text that only looks like JSON
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A message's content: text, or a list of parts of which the texts count. */
function contentText(content: unknown): Cell {
  if (!Array.isArray(content)) return toCell(content)
  const texts = content.map((part: unknown) => (isRecord(part) ? (part['text'] ?? null) : part))
  return joinCells(texts.map(toCell))
}

/**
 * One example per assistant turn; its prompt is what others said since the assistant spoke last, the system message first.
 * A chat in which the assistant never speaks gives one example without a response, so that its row is not lost from view.
 */
export function chatExamples(turns: readonly ChatTurn[]): ChatExample[] {
  const examples: ChatExample[] = []
  let heard: Cell[] = []
  for (const { speaker, text } of turns) {
    if (!ASSISTANT.has(speaker)) {
      heard.push(text)
      continue
    }
    examples.push({ prompt: joinCells(heard), response: text })
    heard = []
  }
  return examples.length > 0 ? examples : [{ prompt: joinCells(heard), response: null }]
}

/** The text of the assistant's last turn; null where it has none. */
export function lastAnswer(turns: readonly ChatTurn[]): Cell {
  return turns.findLast((turn) => ASSISTANT.has(turn.speaker))?.text ?? null
}

/** The text of everyone but the assistant. */
export function question(turns: readonly ChatTurn[]): Cell {
  return joinCells(turns.filter((turn) => !ASSISTANT.has(turn.speaker)).map((turn) => turn.text))
}

/** Cells that are there, one a line; null where none is. */
export function joinCells(cells: readonly Cell[]): Cell {
  const there = cells.filter((cell) => cell !== null)
  return there.length === 0 ? null : there.join('\n')
}
