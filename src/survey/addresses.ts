/** A sample of the rows that name an address and the digest of what lay there: for `--online`, which looks whether it still does. */
import { hash } from 'node:crypto'
import { z } from 'zod'
import { hash53 } from '../math/random.js'
import type { RowBatch } from '../model/row-batch.js'
import { defineScanner, type Pass, type ScanResult } from '../scanner.js'
import { bottomK, mergeBottomK, offer, smallest, type BottomK } from '../sketch/bottom-k.js'

/** Rows that are kept: more are never fetched. */
export const MOST_ADDRESSES = 1000
const MOST_URL_UNITS = 2048
/** The names that digests go by are in front of them in some data sets. */
const DIGEST = /^(?:(?:md5|sha-?1|sha-?256):)?([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i
const SCHEME = /^https?:\/\//i

export const ALGORITHMS: Readonly<Record<number, 'md5' | 'sha1' | 'sha256'>> = { 32: 'md5', 40: 'sha1', 64: 'sha256' }

/** A row's address and the digest that it records, lower-case hexadecimal. */
export interface Recorded {
  readonly file: number
  readonly row: number
  readonly url: string
  readonly digest: string
  /** The digest is that of the row's own text, and says nothing of what lies there. */
  readonly ofText: boolean
}

/** What the survey comes to. */
export interface RecordedAddresses {
  /** Rows with both. */
  readonly rows: number
  /** Of the smallest hashes. */
  readonly sample: readonly Recorded[]
}

/** Plain data. */
interface State {
  rows: number
  readonly sample: BottomK<Omit<Recorded, 'file' | 'row'>>
}

const pass: Pass<null, State, ScanResult> = {
  needs: ['url', 'hash', 'input', 'output'],
  init: () => ({ rows: 0, sample: bottomK(MOST_ADDRESSES) }),
  observe: (state, batch) => {
    for (let i = 0; i < batch.length; i++) if (batch.turns[i] === 0) look(state, batch, i)
  },
  merge(into, from) {
    into.rows += from.rows
    mergeBottomK(into.sample, from.sample)
    return into
  },
  finish: ({ rows, sample }): ScanResult => ({
    findings: [],
    limits: {},
    value: {
      rows,
      sample: smallest(sample).map(({ file, row, value }) => ({ file, row, ...value })),
    } satisfies RecordedAddresses,
  }),
}

function look(state: State, batch: RowBatch, i: number): void {
  const url = batch.columns.url?.[i]?.trim() ?? ''
  const digest = DIGEST.exec(batch.columns.hash?.[i]?.trim() ?? '')?.[1]?.toLowerCase()
  if (digest === undefined || url.length > MOST_URL_UNITS || !SCHEME.test(url)) return
  state.rows++
  offer(state.sample, hash53(`${url} ${digest}`), batch.file, batch.rows[i]!, 0, () => ({
    url,
    digest,
    ofText: isOfText(batch, i, digest),
  }))
}

function isOfText({ input, output }: RowBatch, i: number, digest: string): boolean {
  const algorithm = ALGORITHMS[digest.length]!
  const [before, after] = [input[i] ?? '', output?.[i] ?? '']
  return [before, after, before + after, `${before}\n${after}`].some((text) => hash(algorithm, text) === digest)
}

export const addressSurvey = defineScanner({
  id: 'survey:addresses',
  title: 'Addresses',
  description: 'rows with an address and a digest',
  version: '1',
  category: 'provenance',
  options: z.strictObject({}),
  messages: {},
  skip: ({ roles }) => (roles.includes('url') && roles.includes('hash') ? null : 'no columns of addresses and their digests'),
  passes: () => [pass],
})
