import assert from 'node:assert/strict'
import { createPublicKey, verify, X509Certificate } from 'node:crypto'
import { afterEach, test } from 'node:test'
import { mockFulcio, mockRekor } from '@sigstore/mock'
import { sealedKeyless } from '../../src/attest/keyless.js'
import { PAYLOAD_TYPE } from '../../src/attest/statement.js'
import { bench, statementOf } from './attested-data.js'

/** Names that nobody can resolve: what the mock does not answer fails. */
const services = { fulcio: 'https://fulcio.invalid', rekor: 'https://rekor.invalid' }
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const TOKEN = `${encoded({ alg: 'none' })}.${encoded({ sub: 'ci@example.com', iss: 'https://ci.example.com' })}.`

interface Bundle {
  readonly mediaType: string
  readonly verificationMaterial: {
    readonly certificate: { readonly rawBytes: string }
    readonly tlogEntries: readonly { readonly inclusionPromise: { readonly signedEntryTimestamp: string } }[]
  }
  readonly dsseEnvelope: {
    readonly payload: string
    readonly payloadType: string
    readonly signatures: readonly { readonly sig: string }[]
  }
}

afterEach(() => {
  delete process.env['SIGSTORE_ID_TOKEN']
})

test('without a key, a bundle is written whose certificate holds the key that signed', async () => {
  process.env['SIGSTORE_ID_TOKEN'] = TOKEN
  await mockFulcio({ baseURL: services.fulcio })
  await mockRekor({ baseURL: services.rekor })
  const payload = Buffer.from(JSON.stringify(statementOf()))
  const text = await sealedKeyless(PAYLOAD_TYPE, payload, services)
  const { mediaType, verificationMaterial, dsseEnvelope } = JSON.parse(text) as Bundle
  assert.match(mediaType, /^application\/vnd\.dev\.sigstore\.bundle\.v0\.3\+json$/)
  assert.deepEqual(Buffer.from(dsseEnvelope.payload, 'base64'), payload)
  const certificate = new X509Certificate(Buffer.from(verificationMaterial.certificate.rawBytes, 'base64'))
  const signed = Buffer.concat([Buffer.from(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `), payload])
  const key = createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' }))
  assert.equal(verify('sha256', signed, key, Buffer.from(dsseEnvelope.signatures[0]!.sig, 'base64')), true)
  assert.ok(verificationMaterial.tlogEntries[0]!.inclusionPromise.signedEntryTimestamp.length > 0)
  // A bundle is no envelope: the gate goes by keys alone.
  const { ask } = await bench()
  const { isLetThrough, reasons } = await ask(text)
  assert.deepEqual([isLetThrough, reasons.map(({ code }) => code)], [false, ['envelope']])
})

test('without an identity nothing is signed, and nobody is asked', async () => {
  await assert.rejects(sealedKeyless(PAYLOAD_TYPE, Buffer.from('{}'), services), { code: 'usage' })
})
