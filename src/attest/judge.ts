/** Whether what is attested is what the gate asks for. Says nothing of the data, nor of who signed. */
import type { Policy } from './policy.js'
import type { Reason, ReasonCode } from './reason.js'
import type { Attested, AttestedScan } from './statement.js'
import { compareVersions } from './versions.js'

/** Clocks of two machines may differ by so much. */
const SKEW_MS = 5 * 60 * 1000

export interface Demand {
  readonly policy: Policy
  /** Beside the policy's own; null for none. */
  readonly maxAgeMs: number | null
  readonly now: Date
}

export function judge(attested: Attested, { policy, maxAgeMs, now }: Demand): Reason[] {
  return [
    ...subjectReasons(attested),
    ...resultReasons(attested, policy),
    ...timeReasons(attested.scan, Math.min(maxAgeMs ?? Infinity, policy.maxAge ?? Infinity), now),
    ...versionReasons(attested.scan, policy),
    ...settingReasons(attested.scan, policy),
  ]
}

function reason(code: ReasonCode, text: string): Reason[] {
  return [{ code, text }]
}

function subjectReasons({ subjects }: Attested): Reason[] {
  const seen = new Set<string>()
  return subjects.flatMap(({ name }) => {
    const isPlain = !name.includes('\\') && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
    if (!isPlain) return reason('subject-name', `${quoted(name)} is no name of a file below a folder`)
    if (seen.has(name)) return reason('duplicate-subject', `${quoted(name)} is a subject twice`)
    seen.add(name)
    return []
  })
}

function resultReasons({ result, passed, warned, failed, scan }: Attested, policy: Policy): Reason[] {
  const { verdict, complete, incomplete, allowedGaps, acceptedFindings, scanners } = scan
  const expected = { pass: 'PASSED', review: 'WARNED', fail: 'FAILED', incomplete: 'FAILED' }[verdict]
  const told = new Set([...passed, ...warned, ...failed])
  const broken = scanners.filter(({ status }) => status === 'failed').map(({ id }) => id)
  const found = failed.filter((id) => !broken.includes(id))
  const isSound =
    result === expected &&
    complete === (verdict !== 'incomplete' && incomplete.length === 0) &&
    told.size === passed.length + warned.length + failed.length &&
    [...told].every((id) => scanners.some((scanner) => scanner.id === id)) &&
    scanners.every(({ id, status }) => status === 'skipped' || told.has(id)) &&
    broken.every((id) => failed.includes(id)) &&
    (broken.length === 0 || !complete || allowedGaps > 0) &&
    (result !== 'PASSED' || warned.length === 0) &&
    (result === 'FAILED' || found.length === 0)
  return [
    ...(isSound ? [] : reason('contradiction', `the attestation says ${result}, but not that it is so`)),
    ...(policy.results.includes(result)
      ? []
      : reason('result', `the result is ${result}, and ${policy.results.join(' or ')} is asked for`)),
    ...(complete ? [] : reason('incomplete', `the scan is incomplete: ${incomplete[0] ?? 'it does not say why'}`)),
    ...(allowedGaps === 0 || policy.allowGaps
      ? []
      : reason('gaps-allowed', `${allowedGaps} gaps of the scan were let pass with --allow-incomplete`)),
    ...(acceptedFindings === 0 || policy.allowAcceptedFindings
      ? []
      : reason('findings-accepted', `${acceptedFindings} findings do not count, as they were accepted or known before`)),
  ]
}

function timeReasons({ startedAt, finishedAt }: AttestedScan, maxAgeMs: number, now: Date): Reason[] {
  const [begin, end] = [Date.parse(startedAt), Date.parse(finishedAt)]
  if (Math.max(begin, end) > now.getTime() + SKEW_MS) return reason('future', `the scan ended at ${finishedAt}, which is to come`)
  if (end < begin) return reason('contradiction', `the scan ended at ${finishedAt}, before it began`)
  const age = now.getTime() - end
  if (age <= maxAgeMs) return []
  return reason('expired', `the scan ended at ${finishedAt}, ${spoken(age)} ago, and ${spoken(maxAgeMs)} is the most`)
}

function versionReasons({ credence, scanners }: AttestedScan, { minimumVersions }: Policy): Reason[] {
  const { credence: least, scanners: leastOf = {}, rules: leastRules = {} } = minimumVersions
  const rules = new Map(scanners.flatMap((scanner) => packs(scanner.rules)))
  return [
    ...(least === undefined || reaches(credence, least)
      ? []
      : reason('credence-version', `credence ${credence} scanned, and ${least} is the earliest allowed`)),
    ...scanners.flatMap(({ id, version, status }) => {
      const asked = Object.hasOwn(leastOf, id) ? leastOf[id] : undefined
      if (asked === undefined || status === 'skipped' || reaches(version, asked)) return []
      return reason('scanner-version', `scanner ${quoted(id)} was of version ${version}, and ${asked} is the earliest allowed`)
    }),
    ...Object.entries(leastRules).flatMap(([pack, asked]) => {
      const had = rules.get(pack)
      if (had !== undefined && reaches(had, asked)) return []
      const what = had === undefined ? 'were not used' : `were of version ${had}`
      return reason('rules-version', `the rules ${quoted(pack)} ${what}, and ${asked} is the earliest allowed`)
    }),
  ]
}

function settingReasons({ scanners, encoder, alpha }: AttestedScan, policy: Policy): Reason[] {
  const { requiredScanners, encoders, minimumAlpha } = policy
  return [
    ...requiredScanners.flatMap((id) => {
      const found = scanners.find((scanner) => scanner.id === id)
      if (found?.status === 'ran') return []
      return reason(
        'scanner-missing',
        `scanner ${quoted(id)} ${found === undefined ? 'did not run' : found.status === 'failed' ? 'failed' : 'was skipped'}`,
      )
    }),
    ...(encoders === undefined || (encoder !== null && encoders.includes(encoder.sha256))
      ? []
      : reason(
          'encoder',
          encoder === null
            ? 'no encoder was used'
            : `the encoder has the SHA-256 ${encoder.sha256}, which the policy does not list`,
        )),
    ...(minimumAlpha === undefined || alpha >= minimumAlpha
      ? []
      : reason('alpha', `alpha was ${alpha}, and ${minimumAlpha} is the least: a smaller one finds less`)),
  ]
}

function reaches(version: string, least: string): boolean {
  const order = compareVersions(version, least)
  return order !== null && order >= 0
}

/** `markers 1, persona 2`. */
function packs(rules: string | undefined): [string, string][] {
  return (rules ?? '').split(', ').flatMap((pack): [string, string][] => {
    const at = pack.lastIndexOf(' ')
    return at > 0 ? [[pack.slice(0, at), pack.slice(at + 1)]] : []
  })
}

function quoted(value: string): string {
  return JSON.stringify(value.length > 200 ? `${value.slice(0, 200)}…` : value)
}

function spoken(ms: number): string {
  const hours = ms / 3_600_000
  return hours >= 48
    ? `${Math.floor(hours / 24)} days`
    : hours >= 2
      ? `${Math.floor(hours)} hours`
      : `${Math.floor(hours * 60)} minutes`
}
