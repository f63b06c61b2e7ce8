/** What `credence attest` and `credence verify --attestation` print. */
import type { Unsigned } from '../attest/attest.js'
import type { GateAnswer } from '../attest/verify-attestation.js'
import { safeJson, safeText } from '../report/safe-text.js'
import { amount } from '../report/summary.js'

const MOST_LISTED = 20
const LONGEST_LINE = 400

export function attestedText({ subjects, result }: Unsigned, keyId: string | null, path: string): string {
  const head = safeText(`attested ${amount(subjects.length, 'file')} as ${result} in ${path}`, LONGEST_LINE)
  return keyId === null ? `${head}\nby the identity of this CI job` : `${head}\nkey ${keyId}`
}

export function gateText({ isLetThrough, reasons, attested, keyId }: GateAnswer): string {
  const whose = attested === null ? '' : `${amount(attested.subjects.length, 'file')} as ${attested.result}`
  if (isLetThrough && attested !== null) {
    const { credence, finishedAt } = attested.scan
    const head = `let through: ${whose}, scanned by credence ${credence} on ${finishedAt}`
    return [head, `key ${keyId ?? ''}`].map((line) => safeText(line, LONGEST_LINE)).join('\n')
  }
  const listed = reasons.slice(0, MOST_LISTED).map(({ code, text }) => `  ${code}  ${text}`)
  const more = reasons.length > listed.length ? [`  … and ${reasons.length - listed.length} more`] : []
  const head = `refused${whose === '' ? '' : `: ${whose} are attested, but`}`
  return [head, ...listed, ...more].map((line) => safeText(line, LONGEST_LINE)).join('\n')
}

export function gateJson({ isLetThrough, reasons, attested, keyId }: GateAnswer): string {
  const about = attested === null ? null : { result: attested.result, files: attested.subjects.length, scan: attested.scan }
  return safeJson({ isLetThrough, reasons, keyId, attested: about })
}
