import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parse } from 'yaml'
import { z } from 'zod'
import { loadConfig, resolveConfig, type ConfigSources } from '../../src/config/load.js'
import { configJsonSchema, configKeys } from '../../src/config/schema.js'
import { configTemplate } from '../../src/config/template.js'
import { CredenceError } from '../../src/errors.js'
import { defineScanner } from '../../src/scanner.js'
import { temporaryFolder } from '../temporary-folder.js'

const declare = (id: string, options: z.ZodType) =>
  defineScanner({
    id,
    title: id,
    description: id,
    version: '1',
    category: 'quality',
    options,
    messages: {},
    skip: () => null,
    passes: () => [],
  })

const scanners = [
  declare('trigger', z.strictObject({ minRows: z.int().min(1).default(5).describe('smallest group') })),
  declare('outlier', z.strictObject({})),
]

async function load(sources: Partial<ConfigSources> & { readonly yaml?: string } = {}) {
  const { yaml, ...rest } = sources
  const cwd = temporaryFolder()
  if (yaml !== undefined) await writeFile(join(cwd, 'credence.config.yaml'), yaml)
  return loadConfig({ scanners, env: {}, cwd, ...rest })
}

const fails = (sources: Parameters<typeof load>[0], message: string, suggestion?: string): Promise<void> =>
  assert.rejects(load(sources), (error) => {
    assert.ok(error instanceof CredenceError)
    assert.deepEqual([error.code, error.message], ['usage', message])
    if (suggestion !== undefined) assert.deepEqual(error.suggestions, [suggestion])
    return true
  })

describe('defaults', () => {
  test('are whole, and hold each scanner option', async () => {
    const { config, file } = await load()
    assert.equal(file, null)
    assert.deepEqual([config.alpha, config.seed, config.failOn, config.format, config.out], [0.01, 0, 'high', ['json'], null])
    assert.deepEqual([config.cacheBytes, config.shardBytes], [2 * 2 ** 30, null])
    assert.ok(Number.isInteger(config.jobs) && config.jobs >= 1 && config.jobs <= 8)
    assert.match(config.cache, /credence$/)
    assert.deepEqual(config.scannerOptions, { trigger: { minRows: 5 }, outlier: {} })
  })

  test('are the same for a program', async () => {
    assert.deepEqual((await resolveConfig({}, scanners)).config, (await load()).config)
    await assert.rejects(resolveConfig({ alpha: 3 }, scanners), /^CredenceError: alpha: got 3,/)
  })
})

describe('order', () => {
  test('flags win over variables, which win over the file, which wins over defaults', async () => {
    const yaml = 'alpha: 0.05\nseed: 1\njobs: 3\n'
    const { config, file } = await load({ yaml, env: { CREDENCE_SEED: '2', CREDENCE_JOBS: '4' }, flags: { jobs: '5' } })
    assert.equal(file, 'credence.config.yaml')
    assert.deepEqual([config.alpha, config.seed, config.jobs], [0.05, 2, 5])
  })

  test('text becomes what its option wants', async () => {
    const env = {
      CREDENCE_QUIET: 'yes',
      CREDENCE_FORMAT: 'md, sarif',
      CREDENCE_CACHE_BYTES: '1.5GiB',
      CREDENCE_LABEL: '7',
      CREDENCE_OUT: '',
    }
    const { config } = await load({ env })
    assert.deepEqual(
      [config.quiet, config.format, config.cacheBytes, config.label, config.out],
      [true, ['md', 'sarif'], 1.5 * 2 ** 30, '7', null],
    )
  })

  test('folders in a file are relative to the file, words are not folders', async () => {
    const cwd = temporaryFolder()
    const elsewhere = temporaryFolder()
    await writeFile(join(elsewhere, 'mine.yaml'), 'out: reports\ncache: off\nencoder: models/own\n')
    const { config } = await load({ cwd, file: join(elsewhere, 'mine.yaml') })
    assert.deepEqual(
      [config.out, config.cache, config.encoder],
      [join(elsewhere, 'reports'), 'off', join(elsewhere, 'models/own')],
    )
  })

  test('a JSON file reads the same, and scanner options with it', async () => {
    const cwd = temporaryFolder()
    await writeFile(join(cwd, 'credence.config.json'), '{"failOn": "low", "scannerOptions": {"trigger": {"minRows": 9}}}')
    const { config } = await load({ cwd })
    assert.deepEqual([config.failOn, config.scannerOptions], ['low', { trigger: { minRows: 9 }, outlier: {} }])
  })
})

describe('errors name the key, where it was set, and a near name', () => {
  const cases: readonly (readonly [string, Parameters<typeof load>[0], string, string?])[] = [
    ['a flag out of range', { flags: { alpha: '2' } }, '--alpha: got 2, too big: expected number to be <=0.5'],
    [
      'a misspelt value',
      { flags: { failOn: 'hihg' } },
      '--fail-on: got "hihg", expected one of "info"|"low"|"medium"|"high"|"critical"|"never"',
      'did you mean high?',
    ],
    [
      'a variable of the wrong type',
      { env: { CREDENCE_SEED: 'abc' } },
      'CREDENCE_SEED: got "abc", expected number, received string',
    ],
    [
      'a misspelt variable',
      { env: { CREDENCE_FALI_ON: 'low' } },
      'unknown variable CREDENCE_FALI_ON',
      'did you mean CREDENCE_FAIL_ON?',
    ],
    ['a misspelt key', { yaml: 'alhpa: 0.1' }, 'unknown key alhpa in credence.config.yaml', 'did you mean alpha?'],
    [
      'a scanner that is not there',
      { flags: { scanners: 'triger' } },
      '--scanners: got "triger", no scanner is called "triger"',
      'did you mean trigger?',
    ],
    [
      'a scanner far from any',
      { flags: { skipScanners: 'xyzzy' } },
      '--skip-scanners: got "xyzzy", no scanner is called "xyzzy"',
      'one of: trigger, outlier',
    ],
    [
      "a scanner's key",
      { yaml: 'scannerOptions: {trigger: {minRow: 3}}' },
      'unknown key scannerOptions.trigger.minRow in credence.config.yaml',
      'did you mean minRows?',
    ],
    [
      "a scanner's value",
      { yaml: 'scannerOptions: {trigger: {minRows: 0}}' },
      'scannerOptions.trigger.minRows in credence.config.yaml: got 0, too small: expected number to be >=1',
    ],
    ['bytes without sense', { flags: { cacheBytes: 'much' } }, '--cache-bytes: got "much", expected bytes, like 512MiB or 2GiB'],
    ['a shard too small to read', { flags: { shardBytes: '10' } }, '--shard-bytes: got 10, expected at least 64KiB'],
    ['a key twice, with its line', { yaml: 'seed: 1\nseed: 2\n' }, 'credence.config.yaml:2:1: Map keys must be unique'],
    ['a list for a file', { yaml: '- seed' }, 'credence.config.yaml: expected keys and values, got a list'],
    ['a prototype key', { yaml: '__proto__: {alpha: 0.1}' }, 'unknown key __proto__ in credence.config.yaml'],
    ['a file that is not there', { file: 'none.yaml' }, 'configuration file not found: none.yaml'],
  ]
  for (const [what, sources, message, suggestion] of cases) test(what, () => fails(sources, message, suggestion))

  test('two files', async () => {
    const cwd = temporaryFolder()
    for (const name of ['credence.config.yaml', 'credence.config.json']) await writeFile(join(cwd, name), '{}')
    await fails(
      { cwd },
      'two configurations: credence.config.yaml and credence.config.json',
      'remove one, or name one with --config FILE',
    )
  })

  test('a variable that is nothing of ours is only noticed', async () => {
    const { notices } = await load({ env: { CREDENCE_XYZZY: '1', CREDENCE_DEBUG: '1', PATH: 'x' } })
    assert.deepEqual(notices, ['CREDENCE_XYZZY is not a setting; ignored'])
  })

  test('aliases that grow without bound are refused', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map(
        (name, i) =>
          `${name}: &${name} [${Array(9)
            .fill(`*${'abcdefgh'[i] ?? ''}`)
            .join(',')}]`,
      ),
    ]
    await assert.rejects(load({ yaml: bomb.join('\n') }), /credence\.config\.yaml: Excessive alias count/)
  })
})

describe('the template', () => {
  const template = configTemplate(scanners)

  test('as written, changes nothing', async () => {
    assert.deepEqual((await load({ yaml: template })).config, (await load()).config)
  })

  test('with every setting uncommented, still changes nothing', async () => {
    const yaml = template.replace(/^#(?=\w|  )/gm, '')
    const values = parse(yaml) as Record<string, unknown>
    assert.deepEqual(Object.keys(values), [...configKeys, 'scannerOptions'])
    assert.deepEqual(values['scannerOptions'], { trigger: { minRows: 5 }, outlier: {} })
    assert.deepEqual((await load({ yaml })).config, (await load()).config)
  })
})

test('the JSON Schema describes every key and carries nothing of the program', () => {
  const { properties } = configJsonSchema(scanners) as { properties: Record<string, { description?: string; group?: string }> }
  assert.deepEqual(Object.keys(properties), [...configKeys, 'scannerOptions'])
  for (const key of configKeys) {
    assert.equal(typeof properties[key]?.description, 'string')
    assert.equal(properties[key]?.group, undefined)
  }
})
