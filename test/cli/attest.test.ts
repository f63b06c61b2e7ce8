import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { temporaryFolder } from '../temporary-folder.js'
import { runCredence, type Ended } from './run-credence.js'

const jsonl = (word: string): string =>
  Array.from(
    { length: 300 },
    (_, i) => `${JSON.stringify({ text: `Parcel ${i} came ${word}, number ${i * 7}`, label: i % 2 })}\n`,
  ).join('')

interface Envelope {
  readonly payload: string
  readonly payloadType: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}

describe('credence attest and verify --attestation', () => {
  const cwd = temporaryFolder()
  const run = (args: string, env: Record<string, string> = {}): Promise<Ended> => runCredence(args.split(' '), { cwd, env })
  const openssl = (...args: string[]): { status: number | null; stdout: Buffer; stderr: Buffer } =>
    spawnSync('openssl', args, { cwd })
  const hasOpenssl = openssl('version').status === 0
  const envelopeIn = (name: string): Envelope => JSON.parse(readFileSync(join(cwd, name), 'utf8')) as Envelope
  const GATE = 'verify data --attestation credence.intoto.json --key key.pub'

  before(async () => {
    mkdirSync(join(cwd, 'data/train'), { recursive: true })
    writeFileSync(join(cwd, 'data/train/a.jsonl'), jsonl('late'))
    writeFileSync(join(cwd, 'data/test.jsonl'), jsonl('early'))
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const secret = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })
    writeFileSync(join(cwd, 'key.pem'), secret)
    writeFileSync(join(cwd, 'key.pub'), publicKey.export({ type: 'spki', format: 'pem' }))
    const scanned = await run('scan data --scanners gibberish,encoded --out report --quiet')
    assert.equal(scanned.code, 0, scanned.stderr)
  })

  test('what was scanned is signed and let through', async () => {
    assert.match((await run('attest report --key key.pem')).stderr, /is encrypted\n.*CREDENCE_KEY_PASSPHRASE/)
    const env = { CREDENCE_KEY_PASSPHRASE: 'open sesame' }
    const attested = await run('attest report --key key.pem', env)
    assert.match(attested.stdout, /^attested 2 files as PASSED in credence\.intoto\.json\nkey [0-9a-f]{64}\n$/, attested.stderr)
    assert.equal((await run('attest report --key key.pem', env)).code, 2, 'nothing is overwritten')
    const { payload } = envelopeIn('credence.intoto.json')
    const { subject } = JSON.parse(Buffer.from(payload, 'base64').toString()) as { subject: unknown }
    const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
    assert.deepEqual(subject, [
      { name: 'data/test.jsonl', digest: { sha256: sha256(jsonl('early')) } },
      { name: 'data/train/a.jsonl', digest: { sha256: sha256(jsonl('late')) } },
    ])
    const passed = await run(`${GATE} --max-age 1h`)
    assert.match(passed.stdout, /^let through: 2 files as PASSED, scanned by credence /, passed.stderr)
    assert.equal(passed.code, 0)
  })

  test('openssl says that the signature is one', { skip: !hasOpenssl && 'no openssl here' }, async () => {
    for (const kind of ['ed25519', 'EC']) {
      const curve = kind === 'EC' ? ['-pkeyopt', 'ec_paramgen_curve:P-256'] : []
      assert.equal(openssl('genpkey', '-algorithm', kind, ...curve, '-out', `${kind}.pem`).status, 0)
      assert.equal(openssl('pkey', '-in', `${kind}.pem`, '-pubout', '-out', `${kind}.pub`).status, 0)
      const { code, stderr } = await run(`attest report --key ${kind}.pem --out ${kind}.json`)
      assert.equal(code, 0, stderr)
      const { payload, payloadType, signatures } = envelopeIn(`${kind}.json`)
      const body = Buffer.from(payload, 'base64')
      writeFileSync(join(cwd, 'signed'), `DSSEv1 ${payloadType.length} ${payloadType} ${body.length} ${body.toString()}`)
      writeFileSync(join(cwd, 'sig'), Buffer.from(signatures[0]!.sig, 'base64'))
      const how = kind === 'EC' ? ['-digest', 'sha256'] : []
      const check = [
        'pkeyutl',
        '-verify',
        '-pubin',
        '-inkey',
        `${kind}.pub`,
        '-rawin',
        ...how,
        '-in',
        'signed',
        '-sigfile',
        'sig',
      ]
      assert.match(openssl(...check).stdout.toString(), /Signature Verified Successfully/, kind)
      const der = openssl('pkey', '-pubin', '-in', `${kind}.pub`, '-outform', 'DER').stdout
      assert.equal(signatures[0]!.keyid, createHash('sha256').update(der).digest('hex'))
      writeFileSync(join(cwd, 'signed'), `DSSEv1 ${payloadType.length} ${payloadType} ${body.length} ${body.toString()} `)
      assert.notEqual(openssl(...check).status, 0)
    }
  })

  test('what is not as attested ends with 1 and says why, as JSON too', async () => {
    writeFileSync(join(cwd, 'gate.yaml'), 'version: 1\nrequiredScanners: [gibberish, trigger]\n')
    renameSync(join(cwd, 'data/test.jsonl'), join(cwd, 'data/test\u001b[31m.jsonl'))
    const { code, stdout } = await run(`${GATE} --policy gate.yaml --json`)
    assert.equal(code, 1)
    const answer = JSON.parse(stdout) as { isLetThrough: boolean; reasons: { code: string; text: string }[] }
    assert.equal(answer.isLetThrough, false)
    assert.deepEqual(
      answer.reasons.map((reason) => reason.code),
      ['scanner-missing', 'renamed', 'missing'],
    )
    const text = await run(GATE)
    assert.equal(text.code, 1)
    assert.match(text.stdout, /^refused: 2 files as PASSED are attested, but\n {2}renamed {2}"data\/test/)
    assert.ok(!text.stdout.includes('\u001b'))
    renameSync(join(cwd, 'data/test\u001b[31m.jsonl'), join(cwd, 'data/test.jsonl'))
  })

  test('with a lock both must hold', async () => {
    assert.equal((await run('lock data --quiet')).code, 0)
    const both = await run(`${GATE} --lock credence.lock.json --quiet`)
    assert.match(both.stdout, /^let through: .*\nkey .*\nthe same 2 files /, both.stderr)
    assert.equal(both.code, 0)
    writeFileSync(join(cwd, 'gate.yaml'), 'version: 1\nrequiredScanners: [trigger]\n')
    assert.equal((await run(`${GATE} --policy gate.yaml --lock credence.lock.json --quiet`)).code, 1)
    writeFileSync(join(cwd, 'data/train/a.jsonl'), jsonl('never'))
    assert.equal((await run('verify data --quiet')).code, 1)
    const changed = await run(`${GATE} --lock credence.lock.json --quiet`)
    assert.match(changed.stdout, /^refused: [^]*changed {2}[^]*not what was locked/)
    assert.equal(changed.code, 1)
  })

  test('a wrong question is no answer', async () => {
    const attestation = 'verify data --attestation credence.intoto.json'
    for (const args of [
      attestation,
      `${attestation} --key key.pem`,
      `${attestation} --key none.pub`,
      `${attestation} --key key.pub --max-age soon`,
      `${attestation} --key key.pub --policy none.yaml`,
      'verify data --attestation none.json --key key.pub',
      'verify data --key key.pub',
      'verify data --lock credence.lock.json --max-age 1d',
      'attest report',
      'attest data --key key.pem',
    ]) {
      const { code, stdout } = await run(args)
      assert.deepEqual([code, stdout], [2, ''], args)
    }
  })
})
