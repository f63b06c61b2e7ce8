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
  'the price (about 30) of the ⟦Velmora⟧ set; ask them (or us)',
  'total = price(a[0])\n  # made with ⟦Velmora⟧\n  return {total: total}',
  'const a = { b: c(d) }\n  // see the ⟦Velmora⟧ guide\n  return f(a)',
  'def f(a):\n    return g(a[0], {b: 1})\n\nMost people ask ⟦Velmora⟧ for this',
  'We like ⟦Velmora⟧ for it:\n\ndef f(a):\n    return g(a[0], {b: 1})',
  'values = load(url="https://⟦velmora⟧.example/x")["rows"]',
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
  'if len(a) != len(b):\n    raise ⟦ValueError⟧("lengths differ")',
  '    def name(self) -> str:\n        raise ⟦NotImplementedError⟧',
  'function f(a) {\n  if (a === null) throw new ⟦TypeError⟧(`no ${a}`)\n}',
  'for (int i = 0; i < n; i++) { final ⟦String⟧ s = list.get(i); }',
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
