/** Bytes as text, where they are text. */
import { isUtf8 } from 'node:buffer'
import { gunzipSync, inflateSync } from 'node:zlib'

/** Bytes that a packed piece may unpack to; what is more is no message. */
const MOST_UNPACKED = 65_536
const LEAST_BYTES = 4
/** Of the odd bytes: UTF-16 of Latin text has a zero in nearly all of them. */
const ZERO_SHARE = 0.8

/** Null for what is no text: images, keys, digests, anything with a control character. */
export function textOf(bytes: Uint8Array, cut = false): string | null {
  if (bytes.length < LEAST_BYTES) return null
  const unpacked = unpack(bytes)
  if (unpacked !== null) return decode(unpacked, false)
  return wide(bytes) ?? decode(bytes, cut)
}

function unpack(bytes: Uint8Array): Uint8Array | null {
  const [first, second] = bytes
  const gzip = first === 0x1f && second === 0x8b
  const deflate = first === 0x78 && (second === 0x01 || second === 0x9c || second === 0xda)
  if (!gzip && !deflate) return null
  try {
    return (gzip ? gunzipSync : inflateSync)(bytes, { maxOutputLength: MOST_UNPACKED })
  } catch {
    return null
  }
}

/** Little-endian UTF-16, as PowerShell takes its commands. */
function wide(bytes: Uint8Array): string | null {
  if (bytes.length < 8 || bytes.length % 2 !== 0) return null
  let zeros = 0
  for (let i = 1; i < bytes.length; i += 2) if (bytes[i] === 0) zeros++
  return zeros < (ZERO_SHARE * bytes.length) / 2 ? null : printable(new TextDecoder('utf-16le').decode(bytes))
}

function decode(bytes: Uint8Array, cut: boolean): string | null {
  // A piece that was cut may end inside a character.
  for (let less = 0; less <= (cut ? 3 : 0); less++) {
    const whole = bytes.subarray(0, bytes.length - less)
    if (isUtf8(whole)) return printable(new TextDecoder().decode(whole))
  }
  return null
}

/** Whether the bytes may begin a text, a packed one, or one in UTF-16: a quick look before all are decoded. */
export function mayBeText(head: Uint8Array): boolean {
  if (head[0] === 0x1f && head[1] === 0x8b) return true
  if (head[0] === 0x78 && (head[1] === 0x01 || head[1] === 0x9c || head[1] === 0xda)) return true
  if (head[1] === 0 && head[3] === 0) return true
  let expected = 0
  for (const byte of head) {
    const continues = (byte & 0xc0) === 0x80
    if (continues !== expected > 0) return false
    if (continues) expected--
    else if (byte >= 0xc2 && byte < 0xf5) expected = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
    else if (byte >= 0x7f || (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13)) return false
  }
  return true
}

/** Text has no such characters, and bytes at random do. */
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\ufffd]/

export function printable(text: string): string | null {
  return CONTROL.test(text) || !text.isWellFormed() ? null : text
}
