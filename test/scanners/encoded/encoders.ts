/** Texts in other writings, for tests and fixtures. */
import { gzipSync } from 'node:zlib'

const bytes = (text: string): Buffer => Buffer.from(text)
const codes = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0))
const hexOf = (code: number, width = 2): string => code.toString(16).padStart(width, '0')

export const base64 = (text: string): string => bytes(text).toString('base64')
export const base64url = (text: string): string => bytes(text).toString('base64url')
export const wrapped = (text: string, width = 20): string => base64(text).replace(new RegExp(`.{${width}}`, 'g'), '$&\n')
export const packed = (text: string): string => gzipSync(bytes(text)).toString('base64')
export const wide = (text: string): string => Buffer.from(text, 'utf16le').toString('base64')
export const hex = (text: string, parted = ''): string =>
  codes(text)
    .map((code) => hexOf(code))
    .join(parted)
export const escaped = (text: string): string =>
  codes(text)
    .map((code) => `\\x${hexOf(code)}`)
    .join('')
export const unicode = (text: string): string =>
  codes(text)
    .map((code) => `\\u${hexOf(code, 4)}`)
    .join('')
export const codePoints = (text: string): string =>
  codes(text)
    .map((code) => `U+${hexOf(code, 4).toUpperCase()}`)
    .join(' ')
export const octal = (text: string): string =>
  codes(text)
    .map((code) => `\\${code.toString(8).padStart(3, '0')}`)
    .join('')
export const binary = (text: string, parted = ' '): string =>
  codes(text)
    .map((code) => code.toString(2).padStart(8, '0'))
    .join(parted)
export const decimal = (text: string): string => codes(text).join(' ')
export const entities = (text: string): string =>
  codes(text)
    .map((code) => `&#${code};`)
    .join('')
export const hexEntities = (text: string): string =>
  codes(text)
    .map((code) => `&#x${hexOf(code)};`)
    .join('')
export const percent = (text: string): string =>
  codes(text)
    .map((code) => `%${hexOf(code)}`)
    .join('')
export const reversed = (text: string): string => Array.from(text).reverse().join('')
export const reversedWords = (text: string): string => text.split(' ').map(reversed).join(' ')

export function base32(text: string): string {
  const bits = Array.from(bytes(text), (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

/** @param shift 13 is ROT13 */
export function caesar(text: string, shift: number): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const base = letter < 'a' ? 65 : 97
    return String.fromCharCode(((letter.charCodeAt(0) - base + shift) % 26) + base)
  })
}

export function atbash(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const base = letter < 'a' ? 65 : 97
    return String.fromCharCode(base + 25 - (letter.charCodeAt(0) - base))
  })
}

const MORSE = '.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..'.split(
  ' ',
)

export function morse(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .split(' ')
    .map((word) =>
      codes(word)
        .map((code) => MORSE[code - 97])
        .join(' '),
    )
    .join(' / ')
}

export function leet(text: string): string {
  const digits: Readonly<Record<string, string>> = { o: '0', i: '1', e: '3', a: '4', s: '5', t: '7' }
  return text.replace(/[oieast]/g, (letter) => digits[letter]!)
}

export const spaced = (text: string): string =>
  text
    .replace(/[^A-Za-z ]/g, '')
    .split(' ')
    .map((word) => Array.from(word).join(' '))
    .join('   ')

export const dashed = (text: string): string => Array.from(text.replace(/[^A-Za-z]/g, '')).join('-')
