import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { runCredence, runMany } from './run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

describe('help', { concurrency: 2 }, () => {
  test('--version names the version, and quickly', async () => {
    const { code, stdout, stderr } = await runCredence(['--version'])
    assert.match(stdout, /^credence\/\d+\.\d+\.\d+ /)
    assert.deepEqual([code, stderr], [0, ''])
  })

  test('--help lists each command', async () => {
    const { code, stdout } = await runCredence(['--help'])
    assert.equal(code, 0)
    for (const command of ['scan', 'inspect', 'explain', 'review', 'plant', 'scanners', 'init'])
      assert.match(stdout, new RegExp(`^  ${command} +\\S`, 'm'))
  })

  for (const args of [
    ['scan', '--help'],
    ['scan', '-h'],
    ['help', 'scan'],
  ]) {
    test(`${args.join(' ')} shows flags with defaults, exit codes and examples`, async () => {
      const { code, stdout } = await runCredence(args)
      assert.equal(code, 0)
      assert.match(stdout, /--fail-on=info\|low\|medium\|high\|critical\|never/)
      assert.match(stdout, /\[default:\s+2GiB\]/)
      assert.match(stdout, /3 incomplete or failed/)
      assert.match(stdout, /\$ credence scan train\.parquet/)
    })
  }
})

describe('wrong usage exits with 2, says what was meant, and prints no stack', { concurrency: 2 }, () => {
  type Wrong = readonly [args: readonly string[], message: string]
  const cases: readonly [Wrong, ...Wrong[]] = [
    [['scna'], 'credence: there is no command "scna"\n  did you mean: credence scan\n'],
    [
      ['xyzzy'],
      'credence: there is no command "xyzzy"\n  commands: attest, baseline, ci, clean, completion, croissant, diff, explain, init, inspect, lineage, lock, map, plan, plant, reduce, review, scan, scanners, verify\n',
    ],
    [['scan'], 'credence: missing PATH\n  see: credence scan --help\n'],
    [
      ['scan', 'x', '--fali-on', 'low'],
      'credence: unknown flag --fali-on\n  did you mean --fail-on?\n  see: credence scan --help\n',
    ],
    [['scan', 'x', '--alpha', '7'], 'credence: --alpha: got 7, too big: expected number to be <=0.5\n'],
    [['scan', 'x', '--seed'], 'credence: flag --seed expects a value\n  see: credence scan --help\n'],
    [['scan', 'x', '--format', 'json'], 'credence: --format needs --out DIR to write to\n'],
    [['scan', 'x', '--config', 'none.yaml'], 'credence: configuration file not found: none.yaml\n'],
    [['scanners', 'extra'], 'credence: unexpected argument: extra\n  see: credence scanners --help\n'],
    [['inspect', 'no-such-file.parquet'], 'credence: no-such-file.parquet does not exist\n'],
  ]
  test('in words that fit what was typed', async () => {
    const ended = await runMany(cases.map(([args]) => args))
    for (const [i, [args, message]] of cases.entries())
      assert.deepEqual(ended[i], { code: 2, stdout: '', stderr: message }, args.join(' '))
  })

  test('and so does the process', async () => {
    const [[args, message]] = cases
    const { code, stdout, stderr } = await runCredence(args)
    assert.deepEqual([code, stdout, stderr], [2, '', message])
  })

  test('a variable', async () => {
    const { code, stderr } = await runCredence(['scan', 'x'], { env: { CREDENCE_FAIL_ON: 'hihg' } })
    assert.equal(code, 2)
    assert.match(stderr, /^credence: CREDENCE_FAIL_ON: got "hihg", .*\n {2}did you mean high\?\n$/)
  })

  test('an --out that is a file', async () => {
    const cwd = temporaryFolder()
    await writeFile(join(cwd, 'taken'), '')
    const { code, stderr } = await runCredence(['scan', 'x', '--out', 'taken/deeper'], { cwd })
    assert.equal(code, 2)
    assert.match(stderr, /^credence: --out taken\/deeper: .*taken is not a folder\n$/)
  })

  test('what is typed cannot act on the terminal or the log', async () => {
    const { code, stderr } = await runCredence(['inspect', '\u001b[2J\u202ex\n::error::y'])
    assert.deepEqual([code, stderr], [2, 'credence: \\u{1B}[2J\\u{202E}x\n  \\u{3A}:error::y does not exist\n'])
  })

  test('--debug adds the stack', async () => {
    const { code, stderr } = await runCredence(['inspect', 'none', '--debug'])
    assert.equal(code, 2)
    assert.match(stderr, /\n {2}CredenceError: none does not exist\n {6}at /)
  })
})

describe('scanners', () => {
  test('lists each with its findings', async () => {
    const { code, stdout } = await runCredence(['scanners'])
    assert.equal(code, 0)
    for (const id of ['trigger', 'outlier', 'provenance'])
      assert.match(stdout, new RegExp(`^${id} \\d.*\\n(  .*\\n)*  ${id}/`, 'm'))
  })

  test('--json has options as JSON Schema', async () => {
    const { code, stdout } = await runCredence(['scanners', '--json'])
    assert.equal(code, 0)
    const listed = JSON.parse(stdout) as { id: string; messages: object; options: { type: string } }[]
    assert.ok(listed.some(({ id }) => id === 'trigger'))
    for (const { id, messages, options } of listed) {
      assert.equal(options.type, 'object')
      for (const message of Object.keys(messages)) assert.ok(message.startsWith(`${id}/`), message)
    }
  })
})

describe('init', () => {
  test('writes a file that the program reads, and keeps one that is there', async () => {
    const cwd = temporaryFolder()
    const file = join(cwd, 'credence.config.yaml')
    assert.deepEqual(await runCredence(['init'], { cwd }), {
      code: 0,
      signal: null,
      stdout: 'wrote credence.config.yaml\n',
      stderr: '',
    })
    assert.match(await readFile(file, 'utf8'), /^#failOn: high$/m)
    await writeFile(file, 'alhpa: 1\n')
    const kept = await runCredence(['init'], { cwd })
    assert.deepEqual(
      [kept.code, kept.stderr],
      [2, 'credence: credence.config.yaml exists already\n  overwrite it with --force\n'],
    )
    assert.equal(await readFile(file, 'utf8'), 'alhpa: 1\n')
    const misread = await runCredence(['scan', 'x'], { cwd })
    assert.deepEqual(
      [misread.code, misread.stderr],
      [2, 'credence: unknown key alhpa in credence.config.yaml\n  did you mean alpha?\n'],
    )
    assert.equal((await runCredence(['init', '--force'], { cwd })).code, 0)
    assert.match(await readFile(file, 'utf8'), /^#failOn: high$/m)
  })

  test('--schema prints a JSON Schema and writes nothing', async () => {
    const { code, stdout } = await runCredence(['init', '--schema'])
    assert.equal(code, 0)
    assert.equal((JSON.parse(stdout) as { title: string }).title, 'credence configuration')
  })
})

describe('inspect', () => {
  const rows = [
    '{"text":"a \\u001b[31mred film","label":1}',
    '{"text":"no wit at all","label":0}',
    '{"text":"fine\\u202e","label":1}',
  ]

  test('shows format, counts, roles and why, and the rows safely', async () => {
    const { code, stdout, stderr } = await runCredence(['inspect', '-'], { input: `${rows.join('\n')}\n` })
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^1 file · 3 rows · 1 shard · \d+ B · classification\n {2}- {2}jsonl · 3 rows · 1 shard · \d+ B\n/)
    assert.match(stdout, /^ {2}label +int64 +label \(.+\)$/m)
    assert.match(stdout, /^ {2}0 {2}text: a \\u\{1B\}\[31mred film\n {5}label: 1$/m)
    assert.match(stdout, /^ {2}2 {2}text: fine\\u\{202E\}$/m)
  })

  test('--json is for programs, and safe to print', async () => {
    const { code, stdout } = await runCredence(['inspect', '-', '--json'], { input: `${rows.join('\n')}\n` })
    assert.equal(code, 0)
    assert.ok(!stdout.includes('\u001b'))
    const { rows: shown } = JSON.parse(stdout) as { rows: unknown }
    assert.deepEqual(shown, [
      { text: 'a \u001b[31mred film', label: 1 },
      { text: 'no wit at all', label: 0 },
      { text: 'fine\u202e', label: 1 },
    ])
  })
})
