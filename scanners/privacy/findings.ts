import { fingerprint } from '../../src/math/fingerprint.js'
import { logBinomialTail } from '../../src/math/stats.js'
import type { Finding, FlaggedRow, Severity } from '../../src/model/finding.js'
import type { ScanResult } from '../../src/scanner.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import type { Claim } from './claim.js'
import type { PrivacyBucket, PrivacyState } from './gather.js'
import { repeated } from './repeated.js'
import type { Kind } from './kinds.js'
import { KINDS } from './kinds.js'
import { MESSAGES } from './messages.js'
import { unique } from './rows.js'
import type { ValueCount } from './values.js'
import { counted, distinctValues } from './values.js'

export interface Thresholds {
  /** Rows from which cards, accounts and identity numbers are high. */
  readonly rows: number
  /** Rows with one value from which a model is likely to give it back. */
  readonly copies: number
  /** Distinct values beside names from which contacts are a list of people. */
  readonly people: number
}

const CONTACTS: ReadonlySet<Kind> = new Set(['email', 'phone', 'postal-address'])
const IDENTITIES: ReadonlySet<Kind> = new Set(['card', 'iban', 'national-id'])
const SCORES: Readonly<Record<Severity, number>> = { info: 0.2, low: 0.4, medium: 0.7, high: 0.95, critical: 1 }
const EXAMPLES = 5
const TYPES_SHOWN = 8
/** Share of random digit strings that satisfy Luhn. */
const LUHN_SHARE = 0.1

export function privacyResult(state: PrivacyState, thresholds: Thresholds, alpha: number): ScanResult {
  const claims = KINDS.flatMap((kind) => claimsOf(state, kind, alpha))
  const sampled = [...state.buckets.values()].filter(({ values }) => values.sampled).length
  return {
    findings: claims.map((claim) => findingOf(claim, thresholds)),
    limits: { rowsRead: state.rows, copiesForMemorisation: thresholds.copies, kindsWithSampledValues: sampled },
  }
}

function claimsOf(state: PrivacyState, kind: Kind, alpha: number): Claim[] {
  const bucket = state.buckets.get(kind)
  if (kind === 'canary' || kind === 'repeated-token') return bucket === undefined ? [] : repeated(kind, bucket)
  const claim = bucket === undefined ? null : claimOf(kind, bucket)
  const bare = kind === 'card' ? bareCards(state.buckets.get('bare-card'), alpha) : null
  if (claim === null || bare === null) return claim === null ? (bare === null ? [] : [bare]) : [claim]
  return [
    {
      ...claim,
      rows: unique([...claim.rows, ...bare.rows]),
      rowCount: unique([...claim.rows, ...bare.rows]).length,
      values: [...claim.values, ...bare.values],
      distinct: claim.distinct + bare.distinct,
      extra: bare.extra ?? {},
    },
  ]
}

function claimOf(kind: Kind, bucket: PrivacyBucket): Claim {
  const rows = unique(smallest(bucket.kept))
  const examples = smallest(bucket.shown).map(({ value }) => value)
  const { types, values } = bucket
  return { kind, rows, rowCount: bucket.rows, values: counted(values), distinct: distinctValues(values), types, examples }
}

/** Bare digits are cards when far more of them satisfy Luhn than of other numbers: the exact binomial tail over distinct ones. */
function bareCards(bucket: PrivacyBucket | undefined, alpha: number): Claim | null {
  if (bucket === undefined) return null
  const all = counted(bucket.values)
  const valid = all.filter(({ flagged }) => flagged)
  const logP = logBinomialTail(all.length, valid.length, LUHN_SHARE)
  if (valid.length === 0 || logP >= Math.log(alpha)) return null
  const extra = { bareNumbers: all.length, bareWithLuhn: valid.length, log10LuhnP: logP / Math.LN10 }
  return { ...claimOf('card', bucket), values: valid, distinct: valid.length, extra }
}

function findingOf(claim: Claim, thresholds: Thresholds): Finding {
  const { kind, rows, rowCount, values, distinct, types, examples } = claim
  const top = [...values].sort((a, b) => b.rows - a.rows || (a.shown < b.shown ? -1 : 1))[0]
  const people = values.filter(({ flagged }) => flagged).length
  const severity = severityOf(claim, top?.rows ?? 0, people, thresholds)
  const message = `privacy/${kind}` as const
  const score = SCORES[severity]
  const counts = `${distinct} ${distinct === 1 ? 'value' : 'values'} in ${rowCount} ${rowCount === 1 ? 'row' : 'rows'}`
  const kinds = [...types].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, TYPES_SHOWN)
  return {
    id: `privacy-${fingerprint(message)}`,
    scanner: 'privacy',
    message,
    category: 'privacy',
    severity,
    score,
    title: `${MESSAGES[message].title}: ${counts}`,
    why: whyOf(claim, top, people, thresholds),
    advice: adviceOf(kind),
    evidence: {
      rows: rowCount,
      distinctValues: distinct,
      ...(kinds.length === 0 ? {} : { types: kinds.map(([type, n]) => `${type}: ${n}`).join(', ') }),
      ...(top === undefined
        ? {}
        : { mostCopies: top.rows, ...(/[^*]/.test(top.shown) ? { mostCopied: top.shown.slice(0, 80).toWellFormed() } : {}) }),
      ...(CONTACTS.has(kind) && kind !== 'postal-address' ? { valuesWithName: people } : {}),
      ...claim.extra,
    },
    rows: rows.map(({ file, row }): FlaggedRow => ({ file, row, score })),
    examples: examples.slice(0, EXAMPLES),
  }
}

function severityOf({ kind, rowCount }: Claim, copies: number, people: number, thresholds: Thresholds): Severity {
  if (kind === 'private-key' || kind === 'credential') return 'high'
  if (IDENTITIES.has(kind)) return rowCount >= thresholds.rows ? 'high' : 'medium'
  const copied = copies >= thresholds.copies
  if (kind === 'password' || kind === 'canary') return copied ? 'high' : 'medium'
  if (CONTACTS.has(kind)) return copied || people >= thresholds.people ? 'medium' : 'low'
  return 'low'
}

function whyOf({ kind }: Claim, top: ValueCount | undefined, people: number, { copies, people: many }: Thresholds): string {
  const { help } = MESSAGES[`privacy/${kind}`]
  const rows = top?.rows ?? 0
  const copied = rows >= copies ? ` One value stands in ${rows} rows: what is repeated is what a model gives back.` : ''
  const named = CONTACTS.has(kind) && people >= many ? ` ${people} of them stand beside a name.` : ''
  return `${help}${copied}${named}`
}

function adviceOf(kind: Kind): string {
  if (kind === 'private-key' || kind === 'credential' || kind === 'password')
    return 'Have it revoked first, then take it out of the rows and out of the history of the data.'
  if (kind === 'canary' || kind === 'repeated-token')
    return 'Ask where the rows came from; if nobody put them there to measure memorisation, remove all but one or all of them.'
  return 'Remove or replace the values before training, unless there is a lawful reason for a model to know them.'
}
