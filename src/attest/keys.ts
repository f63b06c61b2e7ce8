/** Keys to sign with and to verify by: Ed25519, or ECDSA on P-256 with SHA-256. */
import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { readBounded } from './bounded-file.js'
import { CredenceError } from '../errors.js'

export interface Signer {
  readonly keyId: string
  sign(bytes: Buffer): Buffer
}

export interface Verifier {
  readonly keyId: string
  verifies(bytes: Buffer, signature: Buffer): boolean
}

/** The variable that a passphrase comes in: an argument could be seen by everybody on the machine. */
export const PASSPHRASE_VARIABLE = 'CREDENCE_KEY_PASSPHRASE'

const MOST_BYTES = 2 ** 16
const MOST_KEYS = 16
const HOW = 'make a pair with: openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem -pubout -out key.pub'

/** @throws CredenceError `not-found`, `usage` for what is no such key or needs another passphrase, `io` */
export async function readSigner(path: string, passphrase: string | undefined): Promise<Signer> {
  const pem = (await readBounded(path, MOST_BYTES)).toString('utf8')
  const isEncrypted = pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----')
  if (!isEncrypted && !pem.includes('-----BEGIN PRIVATE KEY-----')) {
    throw new CredenceError('usage', `${path} is no private key in PKCS #8 (PEM)`, { suggestions: [HOW] })
  }
  if (isEncrypted && !passphrase) {
    throw new CredenceError('usage', `${path} is encrypted`, { suggestions: [`put its passphrase in ${PASSPHRASE_VARIABLE}`] })
  }
  let key: KeyObject
  try {
    key = createPrivateKey({ key: pem, format: 'pem', ...(isEncrypted ? { passphrase } : {}) })
  } catch (error) {
    const why = isEncrypted ? `cannot be read with the passphrase in ${PASSPHRASE_VARIABLE}` : 'cannot be read'
    throw new CredenceError('usage', `${path} ${why}`, { cause: error })
  }
  const hash = hashFor(key, path)
  return { keyId: keyIdOf(createPublicKey(key)), sign: (bytes) => sign(hash, bytes, key) }
}

/** All public keys of a file, any of which may have signed. @throws CredenceError `not-found`, `usage`, `io` */
export async function readVerifiers(path: string): Promise<readonly Verifier[]> {
  const text = (await readBounded(path, MOST_BYTES)).toString('utf8')
  if (text.includes('PRIVATE KEY-----')) {
    throw new CredenceError('usage', `${path} holds a private key: verifying needs the public one`, {
      suggestions: ['openssl pkey -in key.pem -pubout -out key.pub'],
    })
  }
  const blocks = text.match(/-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]*-----END PUBLIC KEY-----/g) ?? []
  const count = text.split('-----BEGIN').length - 1
  if (blocks.length === 0 || blocks.length !== count || count > MOST_KEYS) {
    throw new CredenceError('usage', `${path} is no public key in PEM (SPKI)`, { suggestions: [HOW] })
  }
  return blocks.map((pem) => verifierOf(pem, path))
}

function verifierOf(pem: string, path: string): Verifier {
  let key: KeyObject
  try {
    key = createPublicKey({ key: pem, format: 'pem' })
  } catch (error) {
    throw new CredenceError('usage', `${path} cannot be read as a public key`, { cause: error })
  }
  const hash = hashFor(key, path)
  return {
    keyId: keyIdOf(key),
    verifies(bytes, signature) {
      try {
        return verify(hash, bytes, key, signature)
      } catch {
        // Some malformed signatures make OpenSSL throw.
        return false
      }
    },
  }
}

/** SHA-256 of the DER of the SubjectPublicKeyInfo, hex. */
function keyIdOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

function hashFor({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject, path: string): 'sha256' | null {
  if (asymmetricKeyType === 'ed25519') return null
  if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'sha256'
  throw new CredenceError(
    'usage',
    `${path} is a key of type ${asymmetricKeyType ?? 'unknown'}: Ed25519 or ECDSA on P-256 is needed`,
    {
      suggestions: [HOW],
    },
  )
}
