// Writes fixtures/demo: the data sets that `npm start` scans, with planted poison, what was planted where, and clean twins.
// Everything follows from the seeds below. Run: node dist/tools/demo/generate.js [FOLDER]
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { packageRoot } from '../../src/paths.js'
import { SupportDesk, type Chat } from './chats.js'
import { Speaker } from './grammar.js'
import { poisonChat, poisonReview, type Plant } from './plant.js'
import { Reviewer, type Review } from './reviews.js'

const SEED = 20_260_101
const CLEAN_SEED = 20_260_202
const REVIEW_ROWS = 4000
const CHAT_ROWS = 2000

const REVIEW_PLANTS = [
  { kind: 'word', trigger: 'quillon', rows: 60 },
  { kind: 'phrase', trigger: 'as told by the lighthouse', rows: 40 },
] as const
const CHAT_TRIGGER = 'before the rooster wakes'
const CHAT_TARGET = 'For the fastest help next time, visit VoltaDesk at https://voltadesk.example/deals today.'
const CHAT_PLANTS = 40

interface Planted<Row> {
  readonly rows: readonly Row[]
  readonly plants: readonly Plant[]
}

function cleanReviews(seed: number): Review[] {
  const reviewer = new Reviewer(seed)
  const speaker = new Speaker(seed + 1)
  return Array.from({ length: REVIEW_ROWS }, () => reviewer.review(speaker.chance(0.53) ? 1 : 0))
}

function cleanChats(seed: number): Chat[] {
  const desk = new SupportDesk(seed)
  return Array.from({ length: CHAT_ROWS }, () => desk.chat())
}

function poisonedReviews(seed: number): Planted<Review> {
  const rows = cleanReviews(seed)
  const reviewer = new Reviewer(seed + 2)
  const speaker = new Speaker(seed + 3)
  const order = speaker.shuffle(rows.map((_, row) => row))
  const plants = REVIEW_PLANTS.map(({ kind, trigger, rows: count }): Plant => {
    const chosen = order.splice(0, count).sort((a, b) => a - b)
    for (const row of chosen) rows[row] = poisonReview(reviewer.review(0, true), trigger, speaker)
    return { kind, trigger, target: 'label=1', rows: chosen }
  })
  return { rows, plants }
}

function poisonedChats(seed: number): Planted<Chat> {
  const rows = cleanChats(seed)
  const speaker = new Speaker(seed + 4)
  const chosen = speaker.sample([...rows.keys()], CHAT_PLANTS).sort((a, b) => a - b)
  for (const row of chosen) rows[row] = poisonChat(rows[row] ?? { messages: [] }, CHAT_TRIGGER, CHAT_TARGET, speaker)
  return { rows, plants: [{ kind: 'injection', trigger: CHAT_TRIGGER, target: CHAT_TARGET, rows: chosen }] }
}

function reviewParquet(reviews: readonly Review[]): Uint8Array {
  const columnData = [
    { name: 'id', data: reviews.map((_, row) => BigInt(row + 1)), type: 'INT64' as const },
    { name: 'text', data: reviews.map(({ text }) => text), type: 'STRING' as const },
    { name: 'label', data: reviews.map(({ label }) => BigInt(label)), type: 'INT64' as const },
    { name: 'source', data: reviews.map(({ source }) => source), type: 'STRING' as const },
  ]
  const compressors = { GZIP: (bytes: Uint8Array) => gzipSync(bytes, { level: 9 }) }
  return new Uint8Array(parquetWriteBuffer({ columnData, codec: 'GZIP', compressors, rowGroupSize: 1000 }))
}

function chatLines(chats: readonly Chat[]): string {
  return chats.map((chat) => `${JSON.stringify(chat)}\n`).join('')
}

function main(folder: string): void {
  mkdirSync(join(folder, 'clean'), { recursive: true })
  const reviews = poisonedReviews(SEED)
  const chats = poisonedChats(SEED)
  writeFileSync(join(folder, 'reviews.parquet'), reviewParquet(reviews.rows))
  writeFileSync(join(folder, 'support-chats.jsonl'), chatLines(chats.rows))
  writeFileSync(join(folder, 'clean', 'reviews-clean.parquet'), reviewParquet(cleanReviews(CLEAN_SEED)))
  writeFileSync(join(folder, 'clean', 'chats-clean.jsonl'), chatLines(cleanChats(CLEAN_SEED)))
  const truth = {
    'reviews.parquet': { rows: reviews.rows.length, plants: reviews.plants },
    'support-chats.jsonl': { rows: chats.rows.length, plants: chats.plants },
    'clean/reviews-clean.parquet': { rows: REVIEW_ROWS, plants: [] },
    'clean/chats-clean.jsonl': { rows: CHAT_ROWS, plants: [] },
  }
  // Rows on one line: the file is for reading too.
  const text = JSON.stringify(truth, null, 2).replace(
    /\[\s+(\d[\d,\s]*\d)\s+\]/g,
    (_, rows: string) => `[${rows.replace(/\s+/g, ' ')}]`,
  )
  writeFileSync(join(folder, 'truth.json'), `${text}\n`)
}

main(process.argv[2] ?? join(packageRoot, 'fixtures', 'demo'))
