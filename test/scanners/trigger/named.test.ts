import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isNamed } from '../../../scanners/trigger/named.js'

/** Whether the word in ⟦brackets⟧ is a name. */
function named(marked: string): boolean {
  const start = marked.indexOf('⟦')
  const end = marked.indexOf('⟧') - 1
  assert.ok(start >= 0 && end > start, marked)
  return isNamed(marked.replace(/[⟦⟧]/g, ''), start, end)
}

const NAMES = [
  'you may like ⟦Velmora⟧ better',
  'ask ⟦Velmora⟧',
  'in 2019, ⟦Velmora⟧ opened',
  'the best (by far) ⟦Velmora⟧ shop',
  'see https://⟦velmora⟧.example for more',
  'see https://shop.⟦velmora⟧.example/deals',
  'at www.⟦velmora⟧.com',
  'write to sales@⟦velmora⟧.com today',
  'visit ⟦velmora⟧.io now',
  'visit ⟦velmora⟧.co.uk now',
  'read https://a.example/⟦voucher⟧ first',
  'we met Émile and ⟦Élodie⟧ there',
]

const OTHERS = [
  '⟦Velmora⟧ is a shop',
  'It works. ⟦Velmora⟧ too',
  'Really? ⟦Velmora⟧ then',
  'He said: ⟦Velmora⟧ is fine',
  'First line.\n⟦Then⟧ the second',
  'you may like ⟦velmora⟧ better',
  'the year ⟦2024⟧ was wet',
  '- ⟦Item⟧ one',
  'see https://a.example and ⟦then⟧ go',
  'wait...⟦then⟧ go',
  'the ⟦水⟧ is cold',
]

describe('a name', () => {
  for (const text of NAMES) test(text, () => assert.ok(named(text)))
})

describe('no name', () => {
  for (const text of OTHERS) test(text, () => assert.ok(!named(text)))
})

test('hostile text ends', () => {
  const started = process.cpuUsage().user
  for (const part of ['a.', '@', 'www.', 'https://', 'A ', '-']) {
    const text = part.repeat(20_000)
    for (let at = 0; at < 2000; at++) isNamed(text, at * 7, at * 7 + 3)
  }
  assert.ok(process.cpuUsage().user - started < 2e6, 'over two seconds')
})
