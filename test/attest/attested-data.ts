/** A small data set with a report of it, and what signs and verifies it: no scan, so that a test can try many. */
import { createHash, generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sealed } from '../../src/attest/envelope.js'
import { readSigner, readVerifiers, type Signer, type Verifier } from '../../src/attest/keys.js'
import { makeStatement } from '../../src/attest/make-statement.js'
import { DEFAULT_POLICY } from '../../src/attest/policy.js'
import { PAYLOAD_TYPE } from '../../src/attest/statement.js'
import { verifyAttestation, type GateAnswer, type GateRequest } from '../../src/attest/verify-attestation.js'
import type { Report } from '../../src/model/report.js'
import { renderJson } from '../../src/report/json.js'
import type { ReportJson } from '../../src/report/json-schema.js'
import { sampleReport } from '../report/sample-report.js'
import { temporaryFolder } from '../temporary-folder.js'

const FILES: Readonly<Record<string, string>> = {
  'data/train/a.jsonl': '{"text":"one","label":0}\n',
  'data/train/b.jsonl': '{"text":"two","label":1}\n',
  'data/test/a.jsonl': '{"text":"three","label":0}\n',
}
const SCANNED_AT = '2026-01-02T03:04:05.000Z'
/** Ten days later. */
export const NOW = new Date('2026-01-12T03:04:05.000Z')

export const sha256 = (bytes: string): string => createHash('sha256').update(bytes).digest('hex')

export function keyPair(type: 'ed25519' | 'ec' = 'ed25519'): KeyPairKeyObjectResult {
  return type === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519')
}

export function pem({ privateKey, publicKey }: KeyPairKeyObjectResult): { secret: string; open: string } {
  return {
    secret: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    open: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** Of the files, all well. */
export function reportOf(change: Partial<Report> = {}, coverage: Partial<Report['coverage']> = {}): ReportJson {
  const sample = sampleReport()
  const [file] = sample.coverage.files
  const files = Object.entries(FILES).map(([path, text]) => ({ ...file!, path, bytes: text.length, sha256: sha256(text) }))
  const report: Report = {
    ...sample,
    startedAt: SCANNED_AT,
    verdict: 'pass',
    findings: [],
    coverage: {
      ...sample.coverage,
      files,
      scanners: [
        { id: 'trigger', version: '2', status: 'ran', reason: null, limits: { nStar: 21 } },
        { id: 'injection', version: '1', status: 'ran', reason: null, limits: { rules: 'markers 1, persona 2' } },
        { id: 'drift', version: '1', status: 'skipped', reason: 'too few rows', limits: {} },
      ],
      incomplete: [],
      allowed: [],
      failOn: 'high',
      encoder: { name: 'static', sha256: sha256('encoder'), device: 'cpu' },
      ...coverage,
    },
    ...change,
  }
  return JSON.parse(renderJson(report)) as ReportJson
}

/** What is signed, to be meddled with. */
export interface LooseStatement {
  _type: string
  subject: { name: string; digest: Record<string, string> }[]
  predicateType: string
  predicate: {
    configuration: { annotations: { scan: Record<string, unknown> } }[]
    failedTests: string[]
  }
}

/** As it would be signed. */
export function statementOf(report: ReportJson = reportOf()): LooseStatement {
  const statement = makeStatement(report, { cwd: '/work', base: '/work' }, [{ name: 'report.json', sha256: sha256('r') }], null)
  return JSON.parse(JSON.stringify(statement)) as LooseStatement
}

export interface Bench {
  readonly folder: string
  readonly signer: Signer
  readonly verifiers: readonly Verifier[]
  /** The gate's answer to an attestation with this text. */
  readonly ask: (envelope: string, request?: Partial<GateRequest>) => Promise<GateAnswer>
  /** Signs as a holder of the key would. */
  readonly seal: (statement: unknown, payloadType?: string) => string
}

export async function bench(type: 'ed25519' | 'ec' = 'ed25519'): Promise<Bench> {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const { secret, open } = pem(keyPair(type))
  writeFileSync(join(folder, 'key.pem'), secret)
  writeFileSync(join(folder, 'key.pub'), open)
  const signer = await readSigner(join(folder, 'key.pem'), undefined)
  const verifiers = await readVerifiers(join(folder, 'key.pub'))
  return {
    folder,
    signer,
    verifiers,
    seal: (statement, payloadType = PAYLOAD_TYPE) => sealed(payloadType, Buffer.from(JSON.stringify(statement)), signer),
    async ask(envelope, request = {}) {
      const attestation = join(folder, 'attestation.json')
      writeFileSync(attestation, envelope)
      const place = { paths: ['data'], cwd: folder, base: folder }
      return verifyAttestation({
        attestation,
        keys: verifiers,
        policy: DEFAULT_POLICY,
        maxAgeMs: null,
        now: NOW,
        ...place,
        ...request,
      })
    },
  }
}
