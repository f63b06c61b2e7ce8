import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { packageRoot } from '../../src/paths.js'
import { keyPair, pem, sha256 } from '../attest/attested-data.js'
import { runCredence } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const PYTHON = process.env['CREDENCE_PYTHON'] ?? 'python3'
const MODULES = 'securesystemslib.dsse, in_toto_attestation, cryptography'
const why =
  spawnSync(PYTHON, ['-c', `import ${MODULES}`]).status !== 0 &&
  `no ${PYTHON} with ${MODULES} on this machine (CREDENCE_PYTHON names another)`

interface Envelope {
  payload: string
  signatures: { sig: string }[]
}

test('other implementations of the formats accept what is attested, and nothing else', { skip: why }, async () => {
  const cwd = temporaryFolder()
  const text = Array.from({ length: 200 }, (_, i) => `${JSON.stringify({ text: `Parcel ${i} came late`, label: i % 2 })}\n`).join(
    '',
  )
  mkdirSync(join(cwd, 'data'))
  writeFileSync(join(cwd, 'data/a.jsonl'), text)
  const scanned = await runCredence(['scan', 'data', '--scanners', 'gibberish,injection', '--out', 'report', '--quiet'], { cwd })
  assert.equal(scanned.code, 0, scanned.stderr)
  const check = (attestation: string, key: string): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(PYTHON, [join(packageRoot, 'tools/attestation/verify.py'), attestation, key], { cwd, encoding: 'utf8' })
  for (const type of ['ed25519', 'ec'] as const) {
    const { secret, open } = pem(keyPair(type))
    writeFileSync(join(cwd, 'key.pem'), secret)
    writeFileSync(join(cwd, 'key.pub'), open)
    writeFileSync(join(cwd, 'other.pub'), pem(keyPair(type)).open)
    const attested = await runCredence(['attest', 'report', '--key', 'key.pem', '--force'], { cwd })
    assert.equal(attested.code, 0, attested.stderr)
    const { status, stdout, stderr } = check('credence.intoto.json', 'key.pub')
    assert.equal(status, 0, stderr)
    const said = JSON.parse(stdout) as { passed: string[] }
    assert.deepEqual(
      { ...said, passed: said.passed.sort() },
      {
        result: 'PASSED',
        passed: ['gibberish', 'injection'],
        subjects: { 'data/a.jsonl': sha256(text) },
      },
    )
    assert.notEqual(check('credence.intoto.json', 'other.pub').status, 0)
    const envelope = JSON.parse(readFileSync(join(cwd, 'credence.intoto.json'), 'utf8')) as Envelope
    envelope.payload = Buffer.from(Buffer.from(envelope.payload, 'base64').toString().replace('"seed":0', '"seed":1')).toString(
      'base64',
    )
    writeFileSync(join(cwd, 'edited.json'), JSON.stringify(envelope))
    assert.match(check('edited.json', 'key.pub').stderr, /VerificationError/)
  }
})
