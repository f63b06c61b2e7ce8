import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { privacy } from '../../../scanners/privacy/index.js'
import type { ScanResult } from '../../../src/scanner.js'
import { cases } from '../../cases/privacy.js'
import { drive, type DriveOptions, type ExampleRow } from '../drive.js'
import { ALNUM, DIGITS, HEX, Maker } from './made-up.js'

const maker = new Maker(77)
const scan = (rows: readonly ExampleRow[], settings?: DriveOptions): ScanResult => drive(privacy, rows, settings)
const texts = (list: readonly string[]): ExampleRow[] => list.map((text) => ({ cells: { text } }))
const claims = ({ findings }: ScanResult): string[] =>
  findings.map(({ message, severity, rows }) => `${message.slice(8)} ${severity} ${rows.map(({ row }) => row).join(',')}`)

describe('cases', () => {
  for (const { name, flags, rows } of cases) {
    test(`${flags ?? 'passes'}: ${name}`, () => {
      const said = scan(rows).findings.map(({ message }) => message)
      assert.deepEqual(said, flags === null ? [] : [flags])
    })
  }
})

describe('no value is in a result', () => {
  const values = [
    ...Object.values(maker.keys()),
    maker.wif(),
    maker.of(`${ALNUM}/+`, 40),
    maker.card(),
    maker.printedCard(),
    maker.iban('DE', maker.of(DIGITS, 18)),
    '536-90-4399',
    '390.533.447-05',
    'RCCMNL83S18D969H',
    'r.okafor@fastmail.fm',
    '+44 7462 815 093',
    '81.174.52.19',
    '2a02:8109:9a40:1b3c:51f0:7c2e:88d1:4e0b',
    '27 Wellington Road, Leeds LS12 3QT',
    `0x${maker.of(HEX, 64)}`,
    maker.jwt(),
  ]
  const frames = [
    'SSN ',
    'card ',
    'password: ',
    'private key: 0x',
    'aws_secret_access_key = ',
    'The secret number is ',
    'tel ',
    'at ',
    'https://bo:',
  ]

  /** Neither as it is written nor without its separators. */
  function assertHidden(result: ScanResult, planted: readonly string[]): void {
    const json = JSON.stringify(result)
    for (const value of planted) {
      for (const form of [value, value.replace(/[ .-]/g, ''), value.toLowerCase()]) assert.ok(!json.includes(form), form)
    }
  }

  test('each alone and all in one text, in several rows', () => {
    const told = (value: string): string =>
      `${value === '536-90-4399' ? 'SSN' : value.startsWith('0x') ? 'private key:' : ''} ${value}`
    const each = values.map((value) => `It reads ${told(value)} and then goes on.`)
    const all = values.map(told).join(' and ')
    const result = scan(texts([...each, ...each, ...each, all, all, `x ${all}`]))
    assert.ok(result.findings.length >= 9, claims(result).join('\n'))
    assertHidden(result, values)
  })

  test('nor where it stands again without the word that gave it away, in the same row', () => {
    const result = scan([
      {
        cells: {
          prompt: 'The password: gx7!Qm2#Lw is set. I said gx7!Qm2#Lw. My SSN is 536-90-4399.',
          response: 'So 536-90-4399 and gx7!Qm2#Lw, k.brandt@posteo.net',
        },
      },
    ])
    assert.deepEqual(claims(result), ['password medium 0', 'national-id medium 0', 'email low 0'])
    assertHidden(result, ['gx7!Qm2#Lw', '536-90-4399', 'k.brandt@posteo.net'])
  })

  test('nor of a canary or a token', () => {
    const token = `${maker.of(ALNUM, 20)}4k9`
    const rows = [1, 2, 3].map((i) => `Row ${i}. The secret number is 281265017.\nSee ${token} in ${i}`)
    const result = scan(texts(rows))
    assert.deepEqual(claims(result), ['canary medium 0,1,2', 'repeated-token low 0,1,2'])
    assertHidden(result, ['281265017', token])
  })

  test('nor where an excerpt is cut', () => {
    const long = maker.pem('RSA PRIVATE KEY', 60)
    for (const pad of [0, 40, 85, 150, 230, 270]) {
      const text = `${'word '.repeat(pad / 5)}a.keller@posteo.net ${'word '.repeat(pad / 5)}${maker.printedCard('5412')} ${long}`
      const result = scan(texts([text, text, text]))
      assert.equal(result.findings.length, 3)
      assertHidden(result, ['a.keller@posteo.net', ...long.split('\n').slice(1, -1)])
      for (const line of long.split('\n').slice(1, -1)) {
        assert.ok(!JSON.stringify(result).includes(line.slice(0, 12)) && !JSON.stringify(result).includes(line.slice(-12)))
      }
    }
  })

  test('whatever stands around them', () => {
    const around = fc.array(
      fc.oneof(fc.constantFrom(...frames, ' ', '\n', '"', '. ', '@', ':', '='), fc.string({ maxLength: 8 })),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(around, fc.constantFrom(...values)), { minLength: 1, maxLength: 6 }), (parts) => {
        const text = parts.map(([words, value]) => `${words.join('')} ${value} `).join('')
        const result = scan(texts([text, `${text}.`, `so ${text}`]))
        const json = JSON.stringify(result.findings.map(({ title, why, evidence }) => ({ title, why, evidence })))
        for (const [, value] of parts) assert.ok(!json.includes(value), value)
        // What no rule knows in that place stays in an excerpt; what a finding is about does not.
        for (const { examples } of result.findings) {
          for (const { excerpt, marks } of examples) {
            for (const [start, end] of marks) assert.ok(parts.every(([, value]) => !excerpt.slice(start, end).includes(value)))
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('severity', () => {
  const card = (): string => `pay with ${maker.printedCard()}`
  test('identities are medium, and high from three rows', () => {
    assert.deepEqual(claims(scan(texts([card(), 'a', card()]))), ['card medium 0,2'])
    assert.deepEqual(claims(scan(texts([card(), card(), card()]))), ['card high 0,1,2'])
    assert.deepEqual(claims(scan(texts([card(), card()]), { options: { rows: 2 } })), ['card high 0,1'])
  })

  test('contacts are low, medium as a list of people, medium when copied', () => {
    const names = [
      'Anna Keller',
      'Bruno Sato',
      'Carla Weiss',
      'Dario Lund',
      'Elena Marsh',
      'Felix Ortiz',
      'Greta Holm',
      'Hugo Blanc',
      'Irene Novak',
      'Jonas Petri',
    ]
    const mail = (name: string): string => `${name} <${name.toLowerCase().replace(' ', '.')}@posteo.net>`
    const rows = names.map((_, i) => i).join(',')
    assert.deepEqual(claims(scan(texts(names.slice(0, 9).map(mail)))), [`email low ${rows.slice(0, -2)}`])
    assert.deepEqual(claims(scan(texts(names.map(mail)))), [`email medium ${rows}`])
    const copies = names.map((_, i) => `note ${i}: ask k.brandt@posteo.net`)
    assert.deepEqual(claims(scan(texts(copies))), [`email medium ${rows}`])
    const { evidence, why } = scan(texts(copies)).findings[0]!
    assert.equal(evidence['mostCopies'], 10)
    assert.equal(evidence['mostCopied'], 'k***@p***.net')
    assert.match(why, /stands in 10 rows/)
  })

  test('a value that a chat repeats stands in one row', () => {
    const turns = Array.from({ length: 12 }, (_, turn) => ({
      row: 0,
      turn,
      cells: { prompt: 'and?', response: 'k.brandt@posteo.net' },
    }))
    const result = scan(turns)
    assert.deepEqual(claims(result), ['email low 0'])
    assert.equal(result.findings[0]!.evidence['mostCopies'], 1)
  })

  test('passwords and canaries are medium, and high when copied', () => {
    const rows = (n: number): string[] => Array.from({ length: n }, (_, i) => `Note ${i}.\nThe random number is 281265017.`)
    assert.deepEqual(claims(scan(texts(rows(3)))), ['canary medium 0,1,2'])
    assert.deepEqual(claims(scan(texts(rows(10)))), ['canary high 0,1,2,3,4,5,6,7,8,9'])
    assert.equal(scan(texts(rows(3))).findings[0]!.evidence['frame'], '"random number is"')
  })
})

describe('roles and merging', () => {
  for (const role of ['prompt', 'response', 'chosen', 'rejected'] as const) {
    test(`looks into ${role}`, () => {
      const plain = { prompt: 'who', response: 'nobody', chosen: 'this', rejected: 'that' }
      const result = scan([{ cells: plain }, { cells: { ...plain, [role]: 'ask k.brandt@posteo.net' } }])
      assert.deepEqual(claims(result), ['email low 1'])
      assert.equal(result.findings[0]!.examples[0]?.role, role)
    })
  }

  test('any split into shards, in any order, gives the same', () => {
    const made = new Maker(3)
    const rows = texts(
      Array.from({ length: 120 }, (_, i) =>
        made.pick([
          `Note ${i}. The random number is 281265017.`,
          `${made.of('abcdefgh', 3)} wrote k.brandt${made.below(5)}@posteo.net`,
          `paid ${made.card()} ok`,
          `visa ${made.printedCard()}`,
          `from 81.174.52.${1 + made.below(200)}`,
          `plain ${i}`,
        ]),
      ),
    )
    const whole = scan(rows)
    assert.ok(whole.findings.length >= 4)
    const cuts = fc.array(fc.nat({ max: rows.length }), { maxLength: 6 })
    fc.assert(
      fc.property(cuts, fc.nat(), fc.integer({ min: 1, max: 50 }), (cuts, turn, batchRows) => {
        const shuffle = (states: unknown[]): unknown[] =>
          [...states.slice(turn % states.length), ...states.slice(0, turn % states.length)].reverse()
        assert.deepEqual(scan(rows, { cuts, shuffle, batchRows }), whole)
      }),
      { numRuns: 25 },
    )
  })
})
