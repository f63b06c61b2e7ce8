import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, describe, test } from 'node:test'
import { builtInPacks, compileBuiltInRules, packsFromYaml } from '../../../scanners/injection/built-in-rules.js'
import { injection } from '../../../scanners/injection/index.js'
import { checkPack, compiledPack, loadRules } from '../../../scanners/injection/load-rules.js'
import { FAMILIES } from '../../../scanners/injection/rule.js'
import { CredenceError } from '../../../src/errors.js'
import { drive } from '../drive.js'

describe('built-in rules', () => {
  for (const pack of packsFromYaml().map(compiledPack)) {
    for (const rule of pack.rules) {
      test(`${rule.id}: ${rule.positive.length} examples match, ${rule.negative.length} do not`, () => {
        checkPack({ ...pack, rules: [rule] })
      })
    }
    test(`${pack.file} holds one family, and its ids say so`, () => {
      for (const { id, family } of pack.rules) assert.deepEqual([pack.name, id.split('/')[0]], [family, family])
    })
  }

  describe('compiled to JSON', () => {
    const folder = mkdtempSync(join(tmpdir(), 'credence-rules-'))
    const path = join(folder, 'rules.json')
    after(() => {
      rmSync(folder, { recursive: true })
    })
    const fromYaml = packsFromYaml()

    test('are those of the YAML', () => {
      assert.deepEqual(builtInPacks(path), fromYaml, 'not compiled')
      compileBuiltInRules(path)
      assert.deepEqual(builtInPacks(path), fromYaml)
    })

    test('are taken only where they were made from these files, and are whole', () => {
      const changed = readFileSync(path, 'utf8').replaceAll('override/previous', 'override/changed')
      const isTaken = (text: string): boolean => {
        writeFileSync(path, text)
        return JSON.stringify(builtInPacks(path)).includes('override/changed')
      }
      assert.ok(isTaken(changed))
      assert.ok(!isTaken(changed.replace(/"digest":"./, '"digest":"-')))
      assert.ok(!isTaken(changed.slice(0, -1)))
    })
  })

  test('there are rules of every family', () => {
    const known = new Set(loadRules([]).rules.map(({ family }) => family))
    assert.deepEqual([...known].sort(), [...FAMILIES].sort())
  })
})

const GOOD = `name: house
version: 3
rules:
  - id: house/moon
    title: Orders to praise the moon
    family: override
    weight: 0.9
    keywords: [moon]
    patterns: ['\\bpraise the moon\\b']
    positive: [Now praise the moon.]
    negative: [The moon rose.]
`

describe('rules of the user', () => {
  const folder = mkdtempSync(join(tmpdir(), 'credence-rules-'))
  after(() => {
    rmSync(folder, { recursive: true })
  })
  let files = 0
  const write = (text: string): string => {
    const path = join(folder, `rules-${++files}.yaml`)
    writeFileSync(path, text)
    return path
  }
  const load = (path: string): unknown => injection.passes(injection.options.parse({ rules: [path] }), DATA)
  const DATA = { kind: 'instruction', roles: ['prompt', 'response'], rows: null, files: [] } as const

  test('find what the built-in ones do not, by absolute and by relative path', () => {
    const rows = [{ cells: { prompt: 'You there, praise the moon.', response: 'O moon, round and bright!' } }]
    assert.deepEqual(drive(injection, rows).findings, [])
    const path = write(GOOD)
    for (const each of [path, relative(process.cwd(), path)]) {
      const { findings, limits } = drive(injection, rows, { options: { rules: [each] } })
      assert.deepEqual(
        findings.map(({ message, severity, evidence }) => [message, severity, evidence['rules']]),
        [['injection/override', 'high', 'house/moon (1)']],
      )
      assert.match(String(limits['rules']), /house 3/)
    }
  })

  const bad: readonly (readonly [string, (good: string) => string, RegExp])[] = [
    ['a pattern that is not RE2', (good) => good.replace("'\\bpraise", "'(?=x)praise"), /rule "house\/moon": .*\(\?=/],
    ['an unknown key', (good) => good.replace('weight:', 'wieght: 1\n    weight:'), /rule "house\/moon": .*wieght/],
    ['an unknown key of the pack', (good) => `${good}\nowner: me\n`, /rules-\d+\.yaml": .*owner/],
    ['an example that does not match', (good) => good.replace('Now praise', 'Now price'), /rule "house\/moon": does not match/],
    [
      'an example that must not match',
      (good) => good.replace('The moon rose', 'I praise the moon'),
      /rule "house\/moon": matches its negative/,
    ],
    ['an example without a keyword', (good) => good.replace('[moon]', '[sun]'), /rule "house\/moon": does not match/],
    ['a weight out of range', (good) => good.replace('0.9', '1.5'), /rule "house\/moon": .*weight/],
    ['a family that is none', (good) => good.replace('family: override', 'family: moon'), /rule "house\/moon": .*family/],
    [
      'an id that is taken',
      (good) => good.replaceAll('house/moon', 'override/previous'),
      /rule "override\/previous": another rule/,
    ],
    ['no YAML', () => 'a: [b', /rule file/],
    ['no rules', () => 'name: x\nversion: 1\n', /rules/],
  ]
  for (const [what, change, says] of bad) {
    test(`${what} is refused by file and rule`, () => {
      const path = write(change(GOOD))
      assert.throws(
        () => load(path),
        (error) =>
          error instanceof CredenceError && error.code === 'usage' && error.message.includes(path) && says.test(error.message),
      )
    })
  }

  test('a file that is not there is refused', () => {
    assert.throws(
      () => load(join(folder, 'none.yaml')),
      (error) => error instanceof CredenceError && error.code === 'usage' && /none\.yaml/.test(error.message),
    )
  })
})
