import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { masked, redactFinding, redactReport } from '../../src/fuse/redact.js'
import { sampleFinding, sampleReport } from '../report/sample-report.js'

const mask = (text: string, isQuotation = false): string => masked(text, [], isQuotation).text

/** Joined here, since a file that holds keys would be taken for a leak. */
const join = (...parts: readonly string[]): string => parts.join('')

describe('what is masked', () => {
  const cases: readonly (readonly [text: string, shown: string])[] = [
    [join('key AKIA', 'IOSFODNN7EXAMPLE here'), 'key AKIA**** here'],
    [join('akia', 'iosfodnn7example'), 'akia****'],
    [join('ghp_', '16C7e42F292c6912E7710c838347Ae178B4a x'), 'ghp_**** x'],
    [join('sk-proj-', 'abcDEF1234567890abcdEF'), 'sk-p****'],
    [join('hf_', 'AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh'), 'hf_A****'],
    [join('eyJhbGciOiJIUzI1NiJ9.', 'eyJzdWIiOiIxIn0.', 'abc-def_ghi.'), 'eyJh****'],
    [join('-----BEGIN RSA PRIVATE', ' KEY-----\nMIIE\n-----END x'), '-----BEGIN RSA PRIVATE KEY-----****-----END x'],
    ['password = "hunter22pass"', 'password = "hu****"'],
    ['{"api_key": "abcd1234efgh5678"}', '{"api_key": "ab****"}'],
    ['Authorization: Bearer abcdef123456xyz', 'Authorization: Bearer ab****'],
    ['postgres://user:hunter2@host/db', 'postgres://user:h****@host/db'],
    ['card 4111 1111 1111 1111.', 'card 4111****.'],
    ['3782-822463-10005', '3782****'],
    ['DE89 3704 0044 0532 0130 00 and', 'DE89**** and'],
    ['mail bob.smith@example.co.uk now', 'mail b****@example.co.uk now'],
    [join('5f4dcc3b5aa765d6', '1d8327deb882cf99'), '5f4d****'],
  ]
  for (const [text, shown] of cases) test(shown, () => assert.equal(mask(text), shown))

  test('what only looks alike is left alone', () => {
    const plain = [
      'password: required',
      'the token is optional',
      'sk-learn-something-else-longer',
      'AsiaPacificEconomicCooperation',
      'getUserProfileById2FromCache',
      'train-00000-of-00001-a09b74b3ef9c3b56.parquet',
      '4111 1111 1111 1112',
      'DE88 3704 0044 0532 0130 00',
      '2021-01-05 10:00',
      'call +49 30 901820 at 1234567890',
      '@alice and a @ b',
      'ab'.repeat(32),
    ]
    for (const text of plain) assert.equal(mask(text), text)
  })

  test('a part of a key where a quotation or a title is cut', () => {
    assert.equal(mask('a9Xk2Lm4Qz7 begins', true), 'a9**** begins')
    assert.equal(mask('ends in 4111 1111 11', true), 'ends in 41****')
    assert.equal(mask('ends in bob@exam', true), 'ends in b****@exam')
    assert.equal(mask('the phrase "a9Xk2Lm4Qz7…" is'), 'the phrase "a9****…" is')
  })

  test('property: what is masked once stays as it is, and marks stay within the text, in order', () => {
    const piece = fc.oneof(
      fc.constantFrom(...cases.map(([text]) => text), ' ', '\n', '…', '"'),
      fc.string({ unit: 'binary', maxLength: 12 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.array(fc.nat(200), { maxLength: 6 }), fc.boolean(), (parts, at, cut) => {
        const text = parts.join('')
        const places = at.map((place) => Math.min(place, text.length)).sort((a, b) => a - b)
        const marks = places.flatMap((start, i): [number, number][] =>
          i % 2 === 0 ? [[start, places[i + 1] ?? text.length]] : [],
        )
        const result = masked(text, marks, cut)
        let last = 0
        for (const [start, end] of result.marks) {
          assert.ok(start <= end && end <= result.text.length && end >= last)
          last = end
        }
        for (const [secret, shown] of cases) {
          if (!cut && text.split(/[\s"…]+/).includes(secret) && shown.endsWith('****')) assert.ok(!result.text.includes(secret))
        }
      }),
    )
  })
})

describe('time is linear', () => {
  const seeds = ['a', 'A1', '4', '4111 ', '1 ', '@', 'a@', 'ghp_', 'sk-', 'eyJ', 'eyJaaaaaaaaaaaaa.', '://', '://a:', 'password']
  const more = [
    'password=',
    'token    = ',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN ',
    'DE89 ',
    '-',
    'bearer ',
    ' ',
    'a.',
    'é@',
  ]
  for (const seed of [...seeds, ...more]) {
    test(`${JSON.stringify(seed)} over and over`, () => {
      const time = (length: number): number => {
        const text = `a@${seed.repeat(Math.ceil(length / seed.length))} `
        const start = performance.now()
        masked(text, [], true)
        return performance.now() - start
      }
      time(10_000)
      // Quadratic would take a minute and more, were a step a nanosecond.
      assert.ok(Math.min(time(1_000_000), time(1_000_000)) < 10_000)
    })
  }

  test('a finding of megabyte fields is bounded before it is searched', () => {
    const long = 'a1@4111 '.repeat(125_000)
    const finding = sampleFinding({
      title: long,
      why: long,
      advice: long,
      trigger: Array.from({ length: 300 }, () => long),
      target: long,
      evidence: { [long]: long },
      examples: Array.from({ length: 9 }, (_, row) => ({
        file: 0,
        row,
        role: 'text',
        excerpt: long,
        marks: [[290, 999]],
        target: long,
      })),
    })
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now()
      redactFinding(finding, false)
      return performance.now() - start
    })
    // About 30 ms alone; machines that run tests are shared. Searching 300 megabytes would take minutes.
    assert.ok(Math.min(...times) < 2000, `${times.join(', ')} ms`)
    const small = redactFinding(finding, false)
    assert.ok(JSON.stringify(small).length < 300_000)
    assert.equal(small.examples.length, 5)
    assert.ok(small.examples.every(({ excerpt, target = '' }) => excerpt.length <= 300 && target.length <= 120))
    assert.ok(small.examples.every(({ excerpt, marks }) => marks.every(([start, end]) => start < end && end <= excerpt.length)))
  })
})

describe('suggested labels', () => {
  test('one that would have to be masked or cut is left out, even where values are shown', () => {
    const labels = ['negative', 'ann.lee@example.com', 'x'.repeat(201), 'x'.repeat(200)]
    const finding = sampleFinding({ rows: labels.map((suggested, row) => ({ file: 0, row, score: 0.5, suggested })) })
    for (const showValues of [false, true]) {
      assert.deepEqual(
        redactFinding(finding, showValues).rows.map(({ suggested }) => suggested),
        ['negative', undefined, undefined, labels[3]],
      )
    }
  })
})

describe('a report', () => {
  const token = join('5f4dcc3b5aa765d6', '1d8327deb882cf99')
  const rows = [{ file: 0, row: 7, score: 0.5 }]
  const finding = sampleFinding({
    title: `Trigger "${token}"`,
    trigger: token,
    rows,
    evidence: { phrase: token, share: 0.5 },
    examples: [{ file: 0, row: 7, role: 'text', excerpt: `say ${token} now`, marks: [[4, 36]], target: `to ${token} it` }],
  })
  const sample = sampleReport({ findings: [finding] })
  const error = { code: 'format' as const, message: `bad ${token} byte`, suggestions: [token], place: { row: 3 } }
  const files = sample.coverage.files.map((file) => ({ ...file, errors: [error] }))
  const coverage = {
    ...sample.coverage,
    files,
    incomplete: [`x ${token} y`],
    scanners: [{ ...sample.coverage.scanners[0]!, reason: `z ${token}` }],
  }
  const report = { ...sample, coverage }

  test('is masked in every text, names its rows as before, and marks what is left of a secret', () => {
    const shown = redactReport(report, false)
    assert.ok(!JSON.stringify(shown).includes(token))
    const [only] = shown.findings
    assert.deepEqual([only?.id, only?.trigger, only?.rows], [finding.id, '5f4d****', rows])
    assert.deepEqual(only?.examples[0], {
      file: 0,
      row: 7,
      role: 'text',
      excerpt: 'say 5f4d**** now',
      marks: [[4, 12]],
      target: 'to 5f4d**** it',
    })
    assert.deepEqual(shown.coverage.files[0]?.errors[0]?.place, { row: 3 })
  })

  test('is as it was with showValues', () => {
    assert.deepEqual(redactReport(report, true), report)
  })
})
