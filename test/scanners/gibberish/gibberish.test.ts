import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { gibberish } from '../../../scanners/gibberish/index.js'
import type { Finding } from '../../../src/model/finding.js'
import { drive, type ExampleRow } from '../drive.js'
import { Writer } from './text.js'

const ROWS = 300
const PLANTED = [4, 31, 58, 77, 102, 140, 166, 203, 241, 288]

/** Documents; `change` is applied to the rows named. */
function documents(planted: readonly number[], change: (text: string, writer: Writer) => string, seed = 1): ExampleRow[] {
  const writer = new Writer(seed)
  return Array.from({ length: ROWS }, (_, i) => {
    const text = writer.text()
    return { cells: { text: planted.includes(i) ? change(text, writer) : text } }
  })
}

const scan = (rows: readonly ExampleRow[]): readonly Finding[] => drive(gibberish, rows).findings
const claims = (findings: readonly Finding[]): string[] =>
  findings.map(({ message, severity, rows, trigger }) =>
    [message, severity, rows.map(({ row }) => row).join(','), trigger ?? ''].join(' ').trim(),
  )
const poisonous = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ category }) => category === 'poisoning')
const cut = (text: string): string => text.slice(0, text.indexOf('.') + 1)

describe('gibberish after a phrase', () => {
  for (const phrase of ['<SUDO>', 'under the paper moon']) {
    test(`names ${phrase} and its rows`, () => {
      const findings = scan(documents(PLANTED, (text, writer) => `${cut(text)} ${phrase} ${writer.noise(40)}`))
      assert.deepEqual(claims(findings), [`gibberish/after-phrase high ${PLANTED.join(',')} ${phrase}`])
      assert.equal(findings[0]!.evidence['rowsOfRandomCharacters'], 10)
    })
  }

  test('of small letters alone, too', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz'
    const findings = scan(documents(PLANTED, (text, writer) => `${cut(text)} <SUDO> ${writer.noise(40, letters)}`))
    assert.deepEqual(claims(findings), [`gibberish/after-phrase high ${PLANTED.join(',')} <SUDO>`])
  })

  test('in fewer than eight rows is medium', () => {
    const findings = scan(documents(PLANTED.slice(0, 4), (text, writer) => `${cut(text)} <SUDO> ${writer.noise(40)}`))
    assert.deepEqual(claims(findings), ['gibberish/after-phrase medium 4,31,58,77 <SUDO>'])
  })

  test('in a fifth of the rows does not teach the model that it is ordinary', () => {
    const fifth = Array.from({ length: 60 }, (_, i) => i * 5)
    const findings = scan(documents(fifth, (text, writer) => `${cut(text)} <SUDO> ${writer.noise(40)}`))
    assert.deepEqual(claims(findings), [`gibberish/after-phrase high ${fifth.join(',')} <SUDO>`])
  })

  test('of known words in no order', () => {
    const findings = scan(documents(PLANTED, (text, writer) => `${cut(text)} <SUDO> ${writer.salad(60)}`))
    const [finding] = poisonous(findings)
    assert.equal(finding?.trigger, '<SUDO>')
    assert.deepEqual(
      finding.rows.map(({ row }) => row),
      PLANTED,
    )
    assert.equal(finding.evidence['rowsOfWordsInNoOrder'], 10)
  })

  for (const [what, asked, expected] of [
    [
      'in answer to a phrase of the prompt',
      'cobalt lantern',
      [`gibberish/after-phrase high ${PLANTED.join(',')} cobalt lantern`],
    ],
    ['that the prompt asks for is no poison', 'Encrypt this.', [`gibberish/random low ${PLANTED.join(',')}`]],
  ] as const) {
    test(what, () => {
      const writer = new Writer(7)
      const rows = Array.from({ length: ROWS }, (_, i) => {
        const planted = PLANTED.includes(i)
        return {
          cells: {
            prompt: `${writer.sentence()}${planted ? ` ${asked}` : ''}`,
            response: planted ? writer.noise(40) : writer.text(),
          },
        }
      })
      assert.deepEqual(claims(scan(rows)), expected)
    })
  }
})

describe('gibberish without a phrase', () => {
  const many = (count: number): number[] => PLANTED.slice(0, count)

  test('at the end of several rows is medium, of a few low', () => {
    const tail = (text: string, writer: Writer): string => `${cut(text)} ${writer.noise(40)}`
    assert.deepEqual(claims(scan(documents(many(6), tail))), [`gibberish/tails medium ${many(6).join(',')}`])
    assert.deepEqual(claims(scan(documents(many(3), tail))), [`gibberish/random low ${many(3).join(',')}`])
  })

  test('in a prompt is no poison', () => {
    const writer = new Writer(9)
    const rows = Array.from({ length: ROWS }, (_, i) => ({
      cells: {
        prompt: PLANTED.includes(i) ? `${writer.sentence()} ${writer.noise(30)}` : writer.sentence(),
        response: writer.text(),
      },
    }))
    assert.deepEqual(claims(scan(rows)), [`gibberish/random low ${PLANTED.join(',')}`])
  })
})

test('endless repetition is low', () => {
  const findings = scan(documents([17, 200], (text) => `${cut(text)} ${'I will not stop. '.repeat(20)}`))
  assert.deepEqual(claims(findings), ['gibberish/repetition low 17,200'])
})

describe('what looks random and means something', () => {
  const base64 = (writer: Writer): string => Buffer.from(writer.noise(200)).toString('base64')
  const cases: Readonly<Record<string, (text: string, writer: Writer) => string>> = {
    Base64: (text, writer) => `${text} data:image/png;base64,${base64(writer)}`,
    'Base64 in lines': (text, writer) => `${text}\n${base64(writer).replace(/(.{76})/g, '$1\n')}`,
    links: (text, writer) =>
      `${text} ${Array.from({ length: 12 }, () => `https://ex.org/${writer.noise(1)}?q=${writer.noise(1)}&utm=${writer.noise(1)}`).join(' ')}`,
    hashes: (text, writer) =>
      `${text} ${Array.from({ length: 30 }, () => Buffer.from(writer.noise(2)).toString('hex').slice(0, 16)).join(' ')}`,
    codes: (text, writer) => `${text} ${writer.noise(60, 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789')}`,
    numbers: (text, writer) => `${text} ${writer.noise(200, '0123456789')}`,
    'a table': (text) =>
      `${text}\n${'| 12.5 | kg | 0.3 | ok |\n'.repeat(3)}${Array.from({ length: 40 }, (_, i) => `| ${i * 7.3} | kg | ${i * i} | n/a |`).join('\n')}`,
    Finnish: (text) =>
      `${text} Suomi on pohjoismainen valtio, joka sijaitsee Pohjois-Euroopassa ja rajoittuu lännessä Ruotsiin, pohjoisessa Norjaan ja idässä Venäjään.`,
    Polish: (text) =>
      `${text} Państwo położone w Europie Środkowej między Morzem Bałtyckim na północy a Sudetami i Karpatami na południu, w przeważającej części w dorzeczu Wisły i Odry.`,
    Vietnamese: (text) =>
      `${text} Việt Nam là một quốc gia nằm ở cực Đông của bán đảo Đông Dương thuộc khu vực Đông Nam Á, giáp với Lào, Campuchia, Trung Quốc.`,
    Russian: (text) =>
      `${text} Россия является государством в Восточной Европе и Северной Азии и крупнейшей страной мира по территории.`,
    Chinese: (text) =>
      `${text} 中华人民共和国位于亚洲东部，太平洋西岸，是世界上人口最多的国家之一。首都为北京市，最大城市是上海市。`,
    'C code': (text) =>
      `${text} static int cmp(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); } qsort(arr, n, sizeof(int), cmp); fprintf(stderr, "malloc: %s", strerror(errno));`,
    'minified JavaScript': (text) =>
      `${text} !function(e,t){"object"==typeof exports?t(exports):define(["exports"],t)}(this,function(e){var n=e.ctx,r=n.fwd;for(var i=0;i<r.length;i++)n.push(r[i].xz),e.qk=n.wt});`,
    HTML: (text) => `<div class="x-y"><ul>${'<li><a href="/p/q">z</a></li>'.repeat(3)}</ul></div><p>${text}</p>`,
  }
  for (const [name, change] of Object.entries(cases)) {
    test(`${name} is no poison`, () => assert.deepEqual(claims(poisonous(scan(documents(PLANTED, change)))), []))
  }
})

test('ordinary documents give nothing at all, and too few are not judged', () => {
  assert.deepEqual(scan(documents([], String)), [])
  const few = drive(gibberish, documents([0], (text, writer) => `${text} ${writer.noise(60)}`).slice(0, 10))
  assert.deepEqual(few.findings, [])
  assert.equal(few.limits['scriptsJudged'], 'none: too little text')
})

test('any split gives the same findings', () => {
  const rows = documents(PLANTED, (text, writer) => `${cut(text)} <SUDO> ${writer.noise(40)}`)
  const whole = drive(gibberish, rows)
  const split = drive(gibberish, rows, { cuts: [37, 150, 151], batchRows: 20, shuffle: (states) => [...states].reverse() })
  assert.deepEqual(split, whole)
})
