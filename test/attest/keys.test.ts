import assert from 'node:assert/strict'
import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { preAuthEncoding, readEnvelope, sealed } from '../../src/attest/envelope.js'
import { readSigner, readVerifiers } from '../../src/attest/keys.js'
import { temporaryFolder } from '../temporary-folder.js'
import { keyPair, pem } from './attested-data.js'

const folder = temporaryFolder()
const put = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

test('the pre-authentication encoding is that of the DSSE protocol', () => {
  // Its own example.
  assert.equal(
    preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world')).toString(),
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  )
  assert.equal(preAuthEncoding('é', Buffer.alloc(0)).toString(), 'DSSEv1 2 é 0 ')
})

for (const type of ['ed25519', 'ec'] as const) {
  test(`an envelope holds by a check of its own: ${type}`, async () => {
    const pair = keyPair(type)
    const signer = await readSigner(put(`${type}.pem`, pem(pair).secret), undefined)
    const payload = Buffer.from('{"any":"bytes"}')
    const envelope = JSON.parse(sealed('a/type', payload, signer)) as {
      payload: string
      payloadType: string
      signatures: { keyid: string; sig: string }[]
    }
    // Written anew from the protocol's text, with nothing of the program.
    const body = Buffer.from(envelope.payload, 'base64')
    const signed = `DSSEv1 ${Buffer.byteLength(envelope.payloadType)} ${envelope.payloadType} ${body.length} ${body.toString('latin1')}`
    const [signature] = envelope.signatures
    const isSigned = verify(
      type === 'ec' ? 'sha256' : null,
      Buffer.from(signed, 'latin1'),
      pair.publicKey,
      Buffer.from(signature!.sig, 'base64'),
    )
    assert.equal(isSigned, true)
    const der = createPublicKey(pem(pair).open).export({ type: 'spki', format: 'der' })
    assert.equal(signature!.keyid, createHash('sha256').update(der).digest('hex'))
  })
}

test('an encrypted key needs its passphrase', async () => {
  const { privateKey, publicKey } = keyPair()
  const encrypted = privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })
    .toString()
  const path = put('encrypted.pem', encrypted)
  await assert.rejects(readSigner(path, undefined), /is encrypted/)
  await assert.rejects(readSigner(path, 'another'), /cannot be read with the passphrase/)
  const [verifier] = await readVerifiers(put('encrypted.pub', publicKey.export({ type: 'spki', format: 'pem' }).toString()))
  const signer = await readSigner(path, 'open sesame')
  assert.equal(verifier!.verifies(Buffer.from('x'), signer.sign(Buffer.from('x'))), true)
  assert.equal(verifier!.verifies(Buffer.from('y'), signer.sign(Buffer.from('x'))), false)
})

test('other keys, and what is no key, are refused with what to do', async () => {
  const ed448 = generateKeyPairSync('ed448')
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  for (const pair of [ed448, p384]) {
    await assert.rejects(readSigner(put('other.pem', pem(pair).secret), undefined), { code: 'usage' })
    await assert.rejects(readVerifiers(put('other.pub', pem(pair).open)), { code: 'usage' })
  }
  const { secret, open } = pem(keyPair('ec'))
  const sec1 = keyPair('ec').privateKey.export({ type: 'sec1', format: 'pem' }).toString()
  for (const text of ['', 'text', open, sec1, secret.replace(/\n.{10}/, '\n')]) {
    await assert.rejects(readSigner(put('no.pem', text), undefined), { code: 'usage' }, text)
  }
  for (const text of ['', 'text', secret, `${open}${secret}`, open.replace(/\n.{10}/, '\n'), open.repeat(20)]) {
    await assert.rejects(readVerifiers(put('no.pub', text)), { code: 'usage' }, text)
  }
  assert.equal((await readVerifiers(put('two.pub', `${open}${pem(keyPair()).open}`))).length, 2)
})

test('no bytes make the reader of envelopes throw, and no verifier', async () => {
  const [verifier] = await readVerifiers(put('a.pub', pem(keyPair('ec')).open))
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json().map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        const read = readEnvelope(Buffer.from(bytes))
        assert.ok(typeof read === 'string' || read.payload.length >= 0)
        assert.equal(verifier!.verifies(Buffer.from('x'), Buffer.from(bytes)), false)
      },
    ),
  )
})

test('any payload and type comes out as it went in, and no other pair has its encoding', async () => {
  const signer = await readSigner(put('b.pem', pem(keyPair()).secret), undefined)
  const pair = fc.tuple(fc.string({ maxLength: 20 }), fc.uint8Array({ maxLength: 50 }))
  fc.assert(
    fc.property(pair, pair, ([type, payload], [otherType, otherPayload]) => {
      const read = readEnvelope(Buffer.from(sealed(type, Buffer.from(payload), signer)))
      assert.ok(typeof read !== 'string')
      assert.deepEqual([read.payloadType, [...read.payload]], [type, [...payload]])
      const isSame = type === otherType && Buffer.from(payload).equals(Buffer.from(otherPayload))
      assert.equal(preAuthEncoding(type, payload).equals(preAuthEncoding(otherType, otherPayload)), isSame)
    }),
  )
})
