import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { CredenceError } from '../../src/errors.js'
import { sealed } from '../../src/attest/envelope.js'
import { readSigner } from '../../src/attest/keys.js'
import { DEFAULT_POLICY, durationMs, type Policy } from '../../src/attest/policy.js'
import { REASONS, type ReasonCode } from '../../src/attest/reason.js'
import { PAYLOAD_TYPE } from '../../src/attest/statement.js'
import type { GateRequest } from '../../src/attest/verify-attestation.js'
import { sampleFinding } from '../report/sample-report.js'
import { bench, keyPair, NOW, pem, reportOf, sha256, statementOf, type Bench, type LooseStatement } from './attested-data.js'

/** What the gate is shown: a text, and what it is asked. */
interface Shown {
  readonly text: string
  readonly request?: Partial<GateRequest>
}

interface LooseEnvelope {
  payload: string
  payloadType: string
  signatures: { keyid: string; sig: string }[]
}

interface Case {
  readonly code: ReasonCode
  readonly what: string
  readonly make: (bench: Bench) => Shown | Promise<Shown>
  /** Other reasons that cannot but come along. */
  readonly also?: readonly ReasonCode[]
}

/** Signed by the right key, with something else in it. */
const signed =
  (change: (statement: LooseStatement) => void, policy: Partial<Policy> = {}): Case['make'] =>
  ({ seal }) => {
    const statement = statementOf()
    change(statement)
    return { text: seal(statement), request: { policy: { ...DEFAULT_POLICY, ...policy } } }
  }

/** Soundly signed, and then the data is another. */
const meddled =
  (change: (folder: string) => void): Case['make'] =>
  ({ seal, folder }) => {
    change(join(folder, 'data'))
    return { text: seal(statementOf()) }
  }

const scanOf = ({ predicate }: LooseStatement): Record<string, unknown> => predicate.configuration[0]!.annotations.scan
const edited = (text: string, change: (envelope: LooseEnvelope) => void): string => {
  const envelope = JSON.parse(text) as LooseEnvelope
  change(envelope)
  return JSON.stringify(envelope)
}
const later = (ms: number): string => new Date(NOW.getTime() + ms).toISOString()

const CASES: readonly Case[] = [
  // The envelope and its signature.
  { code: 'envelope', what: 'text that is no JSON', make: () => ({ text: '{"payload":' }) },
  { code: 'envelope', what: 'a statement without an envelope', make: () => ({ text: JSON.stringify(statementOf()) }) },
  { code: 'envelope', what: 'nesting without end', make: () => ({ text: '['.repeat(200_000) }) },
  {
    code: 'envelope',
    what: 'a payload with bytes that are not base64',
    make: ({ seal }) => ({ text: edited(seal(statementOf()), (envelope) => (envelope.payload = `*${envelope.payload}`)) }),
  },
  {
    code: 'payload-type',
    what: 'another payload type, signed',
    make: ({ seal }) => ({ text: seal(statementOf(), 'application/json') }),
  },
  {
    code: 'unsigned',
    what: 'an envelope without a signature',
    make: ({ seal }) => ({ text: edited(seal(statementOf()), (envelope) => (envelope.signatures = [])) }),
  },
  {
    code: 'other-key',
    what: 'the signature of another key',
    make: async ({ folder }) => {
      writeFileSync(join(folder, 'other.pem'), pem(keyPair()).secret)
      const other = await readSigner(join(folder, 'other.pem'), undefined)
      return { text: sealed(PAYLOAD_TYPE, Buffer.from(JSON.stringify(statementOf())), other) }
    },
  },
  {
    code: 'signature',
    what: 'the signature of another key under the id of ours',
    make: async ({ folder, signer }) => {
      writeFileSync(join(folder, 'other.pem'), pem(keyPair()).secret)
      const other = await readSigner(join(folder, 'other.pem'), undefined)
      return { text: sealed(PAYLOAD_TYPE, Buffer.from(JSON.stringify(statementOf())), { ...other, keyId: signer.keyId }) }
    },
  },
  {
    code: 'signature',
    what: 'a payload that was edited',
    make: ({ seal }) => ({
      text: edited(seal(statementOf()), (envelope) => {
        const text = Buffer.from(envelope.payload, 'base64').toString().replace('"seed":0', '"seed":1')
        envelope.payload = Buffer.from(text).toString('base64')
      }),
    }),
  },
  {
    code: 'signature',
    what: 'a signature with a bit flipped',
    make: ({ seal }) => ({
      text: edited(seal(statementOf()), ({ signatures: [signature] }) => {
        const bytes = Buffer.from(signature!.sig, 'base64')
        bytes[7]! ^= 1
        signature!.sig = bytes.toString('base64')
      }),
    }),
  },
  {
    code: 'signature',
    what: 'a payload type that was edited after signing',
    make: ({ seal }) => ({
      text: edited(seal(statementOf(), 'application/json'), (envelope) => (envelope.payloadType = PAYLOAD_TYPE)),
    }),
  },
  // What is signed.
  {
    code: 'statement',
    what: 'a statement of an earlier version',
    make: signed((s) => (s._type = 'https://in-toto.io/Statement/v0.1')),
  },
  { code: 'statement', what: 'no subjects', make: signed((s) => (s.subject = [])) },
  {
    code: 'statement',
    what: 'a subject with a weak digest alone',
    make: signed((s) => (s.subject[0]!.digest = { sha1: 'a'.repeat(40) })),
  },
  {
    code: 'predicate',
    what: 'an unknown predicate',
    make: signed((s) => (s.predicateType = 'https://slsa.dev/provenance/v1')),
  },
  { code: 'predicate', what: 'a test result of another tool', make: signed((s) => s.predicate.configuration.shift()) },
  {
    code: 'duplicate-subject',
    what: 'a subject twice, with two digests',
    make: signed((s) => s.subject.push({ ...s.subject[0]!, digest: { sha256: sha256('other') } })),
    also: ['changed'],
  },
  {
    code: 'subject-name',
    what: 'a name that leads out of the folder',
    make: signed((s) => (s.subject[0]!.name = '../data/train/a.jsonl')),
    also: ['renamed', 'missing'],
  },
  {
    code: 'result',
    what: 'a scan that failed',
    make: ({ seal }) => ({ text: seal(statementOf(reportOf({ verdict: 'fail', findings: [sampleFinding()] }))) }),
  },
  {
    code: 'result',
    what: 'a scan with warnings',
    make: ({ seal }) => ({
      text: seal(statementOf(reportOf({ verdict: 'review', findings: [sampleFinding({ severity: 'medium' })] }))),
    }),
  },
  { code: 'contradiction', what: 'PASSED over a verdict that is not', make: signed((s) => (scanOf(s)['verdict'] = 'fail')) },
  {
    code: 'contradiction',
    what: 'PASSED with a test that failed',
    make: signed((s) => s.predicate.failedTests.push('trigger')),
  },
  {
    code: 'incomplete',
    what: 'a scan that is incomplete',
    make: ({ seal }) => ({
      text: seal(statementOf(reportOf({ verdict: 'incomplete' }, { incomplete: ['5 rows were skipped'] }))),
    }),
    also: ['result'],
  },
  {
    code: 'gaps-allowed',
    what: 'gaps that were let pass',
    make: ({ seal }) => ({ text: seal(statementOf(reportOf({}, { allowed: ['5 rows were skipped'] }))) }),
  },
  {
    code: 'findings-accepted',
    what: 'findings that were accepted',
    make: ({ seal }) => ({
      text: seal(statementOf(reportOf({ findings: [sampleFinding({ suppression: { reason: 'known', expires: null } })] }))),
    }),
  },
  {
    code: 'expired',
    what: 'a scan that is too old for --max-age',
    make: ({ seal }) => ({ text: seal(statementOf()), request: { maxAgeMs: durationMs('9d') } }),
  },
  {
    code: 'expired',
    what: 'a scan that is too old for the policy',
    make: signed(() => undefined, { maxAge: durationMs('9d')! }),
  },
  {
    code: 'future',
    what: 'a scan that is to come',
    make: signed((s) => Object.assign(scanOf(s), { startedAt: later(3_600_000), finishedAt: later(3_700_000) })),
  },
  {
    code: 'credence-version',
    what: 'a credence below that of the policy',
    make: signed((s) => (scanOf(s)['credence'] = '0.9.9'), { minimumVersions: { credence: '0.10.0' } }),
  },
  {
    code: 'credence-version',
    what: 'a version that nobody can compare',
    make: signed((s) => (scanOf(s)['credence'] = 'latest'), { minimumVersions: { credence: '0.1.0' } }),
  },
  {
    code: 'scanner-version',
    what: 'a scanner below that of the policy',
    make: signed(() => undefined, { minimumVersions: { scanners: { trigger: '3' } } }),
  },
  {
    code: 'rules-version',
    what: 'rules below those of the policy',
    make: signed(() => undefined, { minimumVersions: { rules: { persona: '10' } } }),
  },
  {
    code: 'rules-version',
    what: 'rules that were not used',
    make: signed(() => undefined, { minimumVersions: { rules: { override: '1' } } }),
  },
  { code: 'scanner-missing', what: 'a scanner that was skipped', make: signed(() => undefined, { requiredScanners: ['drift'] }) },
  {
    code: 'scanner-missing',
    what: 'a scanner that was left out',
    make: signed(() => undefined, { requiredScanners: ['privacy'] }),
  },
  { code: 'encoder', what: 'another encoder', make: signed(() => undefined, { encoders: [sha256('another')] }) },
  { code: 'alpha', what: 'an alpha that finds less', make: signed((s) => (scanOf(s)['alpha'] = 1e-9), { minimumAlpha: 0.01 }) },
  // The data.
  { code: 'changed', what: 'another digest', make: signed((s) => (s.subject[0]!.digest = { sha256: sha256('other') })) },
  {
    code: 'changed',
    what: 'a file with a byte changed',
    make: meddled((data) => {
      writeFileSync(join(data, 'train/a.jsonl'), '{"text":"onE","label":0}\n')
    }),
  },
  {
    code: 'renamed',
    what: 'another name',
    make: signed((s) => (s.subject[0]!.name = 'data/train/c.jsonl')),
    also: ['missing'],
  },
  {
    code: 'renamed',
    what: 'a file moved to another split',
    make: meddled((data) => {
      renameSync(join(data, 'test/a.jsonl'), join(data, 'train/c.jsonl'))
    }),
    also: ['missing'],
  },
  {
    code: 'swapped',
    what: 'two files that changed places',
    make: meddled((data) => {
      renameSync(join(data, 'train/a.jsonl'), join(data, 'x'))
      renameSync(join(data, 'test/a.jsonl'), join(data, 'train/a.jsonl'))
      renameSync(join(data, 'x'), join(data, 'test/a.jsonl'))
    }),
  },
  {
    code: 'symlink',
    what: 'a file that is a link to the same bytes',
    make: meddled((data) => {
      renameSync(join(data, 'train/a.jsonl'), join(data, '../kept.jsonl'))
      symlinkSync(join(data, '../kept.jsonl'), join(data, 'train/a.jsonl'))
    }),
    also: ['missing'],
  },
  {
    code: 'symlink',
    what: 'a folder that is a link',
    make: meddled((data) => {
      renameSync(join(data, 'train'), join(data, '../kept'))
      symlinkSync(join(data, '../kept'), join(data, 'train'))
    }),
    also: ['missing'],
  },
  {
    code: 'symlink',
    what: 'a link on the way to the file that is named',
    make: ({ seal, folder }) => {
      renameSync(join(folder, 'data'), join(folder, 'kept'))
      symlinkSync(join(folder, 'kept'), join(folder, 'data'))
      const paths = ['data/train/a.jsonl', 'data/train/b.jsonl', 'data/test/a.jsonl']
      return { text: seal(statementOf()), request: { paths } }
    },
    also: ['missing'],
  },
  {
    code: 'extra',
    what: 'one file more',
    make: meddled((data) => {
      writeFileSync(join(data, 'train/c.jsonl'), '{"text":"four"}\n')
    }),
  },
  {
    code: 'extra',
    what: 'a copy under another name',
    make: meddled((data) => {
      cpSync(join(data, 'train/a.jsonl'), join(data, 'train/c.jsonl'))
    }),
  },
  {
    code: 'extra',
    what: 'a file that no scan would read',
    make: meddled((data) => {
      writeFileSync(join(data, '.loader.py'), 'print(1)')
    }),
  },
  {
    code: 'missing',
    what: 'one file less',
    make: meddled((data) => {
      rmSync(join(data, 'test/a.jsonl'))
    }),
  },
  {
    code: 'missing',
    what: 'no data at all',
    make: meddled((data) => {
      rmSync(data, { recursive: true })
    }),
  },
  {
    code: 'missing',
    what: 'a part of the data',
    make: ({ seal }) => ({ text: seal(statementOf()), request: { paths: ['data/train'] } }),
  },
  {
    code: 'unreadable',
    what: 'what cannot be looked at',
    make: ({ seal, folder }) => {
      rmSync(join(folder, 'data/train/a.jsonl'))
      symlinkSync('a.jsonl', join(folder, 'data/train/a.jsonl'))
      return { text: seal(statementOf()), request: { policy: { ...DEFAULT_POLICY, allowSymlinks: true } } }
    },
    also: ['missing'],
  },
  {
    code: 'not-a-file',
    what: 'a pipe in the place of a file',
    make: meddled((data) => {
      rmSync(join(data, 'train/a.jsonl'))
      assert.equal(spawnSync('mkfifo', [join(data, 'train/a.jsonl')]).status, 0)
    }),
    also: ['missing'],
  },
]

describe('the gate', () => {
  for (const type of ['ed25519', 'ec'] as const) {
    test(`lets through what is as attested (${type})`, async () => {
      const { ask, seal, signer } = await bench(type)
      const answer = await ask(seal(statementOf()), { maxAgeMs: durationMs('30d') })
      assert.deepEqual([answer.isLetThrough, answer.reasons, answer.keyId], [true, [], signer.keyId])
    })
  }

  for (const { code, what, make, also = [] } of CASES) {
    test(`refuses ${what}: ${code}`, async () => {
      const made = await bench()
      const { text, request } = await make(made)
      const { isLetThrough, reasons } = await made.ask(text, request)
      assert.equal(isLetThrough, false)
      const codes = new Set(reasons.map((reason) => reason.code))
      assert.deepEqual([...codes].sort(), [code, ...also].sort(), JSON.stringify(reasons))
      for (const reason of reasons) assert.match(reason.text, /^[^\n]{10,500}$/)
    })
  }

  test('has a case for every reason', () => {
    const covered = new Set(CASES.map(({ code }) => code))
    assert.deepEqual(
      REASONS.filter((code) => !covered.has(code)),
      [],
    )
    assert.ok(covered.size >= 20, `${covered.size} reasons`)
  })

  test('gives no answer, but an error, where there is no attestation to look at, or data outside the base', async () => {
    const { ask, seal, folder } = await bench()
    const huge = join(folder, 'huge.json')
    writeFileSync(huge, '{')
    truncateSync(huge, 300 * 2 ** 20)
    const sound = seal(statementOf())
    await assert.rejects(ask(sound, { attestation: huge }), { code: 'limit' })
    await assert.rejects(ask(sound, { attestation: join(folder, 'none.json') }), { code: 'not-found' })
    await assert.rejects(ask(sound, { attestation: folder }), { code: 'usage' })
    await assert.rejects(ask(sound, { attestation: '/dev/zero' }), { code: 'usage' })
    await assert.rejects(ask(sound, { paths: ['..'] }), { code: 'usage' })
    await assert.rejects(ask(sound, { signal: AbortSignal.abort(new Error('stop')) }), /stop/)
  })

  test('a policy opens what is closed by default, and nothing else', async () => {
    const { ask, seal, folder } = await bench()
    const report = reportOf(
      { verdict: 'review', findings: [sampleFinding({ severity: 'medium' }), sampleFinding({ change: 'unchanged' })] },
      { allowed: ['5 cells were cut'] },
    )
    renameSync(join(folder, 'data/train/a.jsonl'), join(folder, 'kept.jsonl'))
    symlinkSync('../../kept.jsonl', join(folder, 'data/train/a.jsonl'))
    writeFileSync(join(folder, 'data/README.md'), 'text')
    mkdirSync(join(folder, 'data/.git'))
    writeFileSync(join(folder, 'data/.git/HEAD'), 'text')
    const policy: Policy = {
      ...DEFAULT_POLICY,
      results: ['PASSED', 'WARNED'],
      allowGaps: true,
      allowAcceptedFindings: true,
      allowSymlinks: true,
      ignore: ['data/README.md', 'data/.git/'],
      minimumVersions: { credence: '0.1.0', scanners: { trigger: '2', drift: '7' }, rules: { persona: '2' } },
      requiredScanners: ['trigger', 'injection'],
      encoders: [sha256('encoder')],
      minimumAlpha: 0.01,
      maxAge: durationMs('11d')!,
    }
    assert.deepEqual((await ask(seal(statementOf(report)), { policy })).reasons, [])
    for (const [key, code] of [
      ['results', 'result'],
      ['allowGaps', 'gaps-allowed'],
      ['allowAcceptedFindings', 'findings-accepted'],
      ['allowSymlinks', 'symlink'],
      ['ignore', 'extra'],
    ] as const) {
      const closed = { ...policy, [key]: DEFAULT_POLICY[key] }
      const { isLetThrough, reasons } = await ask(seal(statementOf(report)), { policy: closed })
      assert.equal(isLetThrough, false, key)
      assert.ok(
        reasons.some((reason) => reason.code === code),
        `${key}: ${JSON.stringify(reasons)}`,
      )
    }
  })
})

test('the report is not attested where it does not say which bytes were scanned, or not of all that is there', () => {
  const isUsage = ({ code }: CredenceError): boolean => code === 'usage'
  const [file, ...rest] = reportOf().coverage.files
  const withFile = (change: Record<string, unknown>): ReturnType<typeof reportOf> => {
    const report = reportOf()
    return { ...report, coverage: { ...report.coverage, files: [{ ...file!, ...change }, ...rest] } }
  }
  assert.throws(() => statementOf(withFile({ sha256: undefined })), isUsage)
  assert.throws(() => statementOf(withFile({ path: '-' })), isUsage)
  assert.throws(() => statementOf(withFile({ path: '/elsewhere/a.jsonl' })), isUsage)
  assert.throws(() => statementOf(withFile({ path: '../a.jsonl' })), isUsage)
  assert.throws(() => statementOf(reportOf({}, { failOn: undefined })), isUsage)
  const rows = null
  assert.throws(
    () => statementOf(reportOf({ comparison: { with: 'data', base: 'main', rows, resolved: [], shifts: [] } })),
    isUsage,
  )
  assert.doesNotThrow(() => statementOf())
})
