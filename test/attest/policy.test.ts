import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_POLICY, durationMs, readPolicy } from '../../src/attest/policy.js'
import { compareVersions } from '../../src/attest/versions.js'
import { packageRoot } from '../../src/paths.js'
import { temporaryFolder } from '../temporary-folder.js'

const path = join(temporaryFolder(), 'policy.yaml')
const read = (text: string): ReturnType<typeof readPolicy> => {
  writeFileSync(path, text)
  return readPolicy(path)
}

test('a policy is read, with versions as they are written', async () => {
  assert.deepEqual(await read('version: 1'), DEFAULT_POLICY)
  const policy = await read(
    'version: 1\nresults: [PASSED, WARNED]\nmaxAge: 30d\nminimumVersions:\n  credence: 1.10\n  scanners: { trigger: 1 }\nminimumAlpha: 0.01\nallowGaps: true\n',
  )
  assert.equal(policy.minimumVersions.credence, '1.10')
  assert.deepEqual(policy.minimumVersions.scanners, { trigger: '1' })
  assert.deepEqual([policy.maxAge, policy.minimumAlpha, policy.allowGaps], [30 * 24 * 3600 * 1000, 0.01, true])
})

test('the policy in docs/attest.md is one', async () => {
  const [, example] = /```yaml\n(# gate\.yaml\n[^]*?)```/.exec(readFileSync(join(packageRoot, 'docs/attest.md'), 'utf8')) ?? []
  const policy = await read(example ?? '')
  assert.deepEqual(
    Object.keys(policy)
      .filter((key) => !Object.hasOwn(DEFAULT_POLICY, key))
      .sort(),
    ['encoders', 'maxAge', 'minimumAlpha'],
  )
})

for (const [what, text] of [
  ['nothing', ''],
  ['no version', 'maxAge: 30d'],
  ['another version', 'version: 2'],
  ['an unknown key', 'version: 1\nmaxage: 30d'],
  ['an unknown key further in', 'version: 1\nminimumVersions: { trigger: 1 }'],
  ['a key twice', 'version: 1\nmaxAge: 30d\nmaxAge: 300d'],
  ['an age that is none', 'version: 1\nmaxAge: 30'],
  ['a result that is none', 'version: 1\nresults: [passed]'],
  ['no result', 'version: 1\nresults: []'],
  ['a digest that is none', 'version: 1\nencoders: [abc]'],
  ['no encoder', 'version: 1\nencoders: []'],
  ['a version that is none', 'version: 1\nminimumVersions: { credence: latest }'],
  ['an alpha that is none', 'version: 1\nminimumAlpha: 2'],
  ['an alpha of nothing', 'version: 1\nminimumAlpha: 0'],
  ['yes', 'version: 1\nallowGaps: yes'],
  ['an alias', 'version: &a 1\nmaxAge: *a'],
  ['a tag', 'version: !x 1'],
  ['no YAML', 'version: [1'],
] as const) {
  test(`refuses ${what}`, async () => {
    await assert.rejects(read(text), { code: 'usage' })
  })
}

test('versions are in order, or there is none', () => {
  for (const [a, b, order] of [
    ['0.9.9', '0.10.0', -1],
    ['1', '1.0.0', 0],
    ['2', '1.9', 1],
    ['1.0.0-rc.1', '1.0.0', -1],
    ['1.0.0+build', '1.0.0', 0],
    ['1.0.0-rc.1', '1.0.0-rc.2', null],
    ['latest', '1', null],
    ['1.', '1', null],
    ['1e3', '1', null],
  ] as const) {
    assert.equal(Math.sign(compareVersions(a, b) ?? NaN), order ?? NaN, `${a} ${b}`)
    assert.equal(Math.sign(compareVersions(b, a) ?? NaN), order === null ? NaN : 0 - order || 0, `${b} ${a}`)
  }
  const number = fc.array(fc.nat(20), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(number, number, number, (a, b, c) => {
      const [x, y, z] = [a, b, c].map((parts) => parts.join('.')) as [string, string, string]
      if (compareVersions(x, y)! <= 0 && compareVersions(y, z)! <= 0) assert.ok(compareVersions(x, z)! <= 0)
    }),
  )
})

test('ages', () => {
  const ages = ['30d', '12h', '90m', '2w', '0m', '', '30', 'd', '-1d', '1.5d', '1234567d']
  const day = 24 * 3600 * 1000
  assert.deepEqual(ages.map(durationMs), [30 * day, day / 2, day / 16, 14 * day, 0, null, null, null, null, null, null])
})
