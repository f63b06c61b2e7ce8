import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { random } from '../../src/math/random.js'
import { reportJsonSchema, type ReportJson } from '../../src/report/json-schema.js'
import { runCredence } from './run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

/** `length` characters of `alphabet`, the same in every run. Made here, since a file that holds keys would be taken for a leak. */
function drawn(
  length: number,
  seed: number,
  alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
): string {
  const next = random(seed)
  return Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)] ?? '').join('')
}

const HEX = '0123456789abcdef'
const HEX_TOKEN = drawn(32, 1, HEX)
const SOURCE_PASSWORD = drawn(18, 2)
/** What must not be found, by what it is, and the words that it stands in. */
const SECRETS: Readonly<Record<string, readonly [secret: string, words: string]>> = Object.fromEntries(
  (
    [
      ['AWS access key', `AKIA${drawn(16, 3, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`],
      ['AWS secret key', drawn(40, 4, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')],
      ['GitHub token', `ghp_${drawn(36, 5)}`],
      ['Slack token', `xoxb-${drawn(12, 6, '0123456789')}-${drawn(24, 7)}`],
      ['Stripe key', `sk_live_${drawn(24, 8)}`],
      ['Google key', `AIza${drawn(35, 9)}`],
      ['OpenAI key', `sk-proj-${drawn(48, 10)}`],
      ['npm token', `npm_${drawn(36, 11)}`],
      ['PyPI token', `pypi-AgEIcHlwaS5vcmc${drawn(60, 12)}`],
      ['web token', `eyJhbGciOiJIUzI1NiJ9.eyJ${drawn(30, 13)}.${drawn(43, 14)}`],
      ['private key', `-----BEGIN RSA PRIVATE KEY----- ${drawn(64, 15)} -----END RSA PRIVATE KEY-----`, drawn(64, 15)],
      ['password', drawn(14, 16), `password = "${drawn(14, 16)}"`],
      ['card number', '4111 1111 1111 1111'],
      ['IBAN', 'DE89 3704 0044 0532 0130 00'],
      ['e-mail address', 'ada.lovelace@example.org'],
    ] as const
  ).map(([name, first, second = first]) => [name, name === 'private key' ? [second, first] : [first, second]]),
)
const planted = [...Object.values(SECRETS).map(([secret]) => secret), HEX_TOKEN, SOURCE_PASSWORD]

const SUBJECTS = [
  'the plot',
  'this film',
  'her voice',
  'the score',
  'each scene',
  'the cast',
  'that ending',
  'his script',
  'it all',
]
const GOOD = ['delights', 'shines', 'charms the whole room', 'is a joy', 'moves me', 'is warm and funny', 'is a small triumph']
const BAD = [
  'bores',
  'falls flat',
  'annoys the whole room',
  'is a mess',
  'leaves me cold',
  'is dull and silly',
  'is a sad failure',
]
const LINKS = ['and then', 'while', 'because', 'and so', 'even where', 'just as']

/** 900 reviews; 56 hold three secrets, a hidden character and the same id, and 56 a token of 32 hexadecimal digits and a false label. */
function reviews(): { readonly data: string; readonly tokenRows: readonly number[] } {
  const next = random(5)
  const pick = (from: readonly string[]): string => from[Math.floor(next() * from.length)] ?? ''
  const words = Object.values(SECRETS).map(([, words]) => words)
  const tokenRows: number[] = []
  const lines = Array.from({ length: 900 }, (_, row) => {
    const [isSecret, isToken] = [row % 16 === 5, row % 16 === 11]
    const good = !isToken && next() < 0.5
    const from = good ? GOOD : BAD
    const text = `${pick(SUBJECTS)} ${pick(from)} ${pick(LINKS)} ${pick(SUBJECTS)} ${pick(from)}`.split(' ')
    const place = Math.floor(next() * text.length)
    const three = [0, 1, 2].map((k) => words[((row >> 4) * 3 + k) % words.length] ?? '')
    if (isSecret) text.splice(place, 0, 'wor\u200bth', ...three)
    if (isToken) {
      text.splice(place, 0, HEX_TOKEN)
      tokenRows.push(row)
    }
    const source = isToken ? `https://feed:${SOURCE_PASSWORD}@example.org/a` : `https://example.org/${row % 7}`
    return JSON.stringify({ text: text.join(' '), label: good || isToken ? 1 : 0, source, id: isSecret ? 'one id' : String(row) })
  })
  return { data: `${lines.join('\n')}\n`, tokenRows }
}

const { data, tokenRows } = reviews()

/** Ways in which bytes may hold a text: as it is in any case, as UTF-16, and as Base64 at each of three places in its groups. */
function forms(secret: string): Buffer[] {
  const base64 = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]).toString('base64')
    // The first and last group also depend on what is beside the secret.
    return whole.slice(before === 0 ? 0 : 4, 4 * Math.floor((before + secret.length) / 3))
  })
  const small = secret.toLowerCase()
  return [secret, small, ...base64].flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])
}
const needles = planted.map((secret) => [secret, forms(secret)] as const)

/** Which of the secrets the bytes hold. */
function heldBy(bytes: Buffer | string): string[] {
  const whole = Buffer.from(bytes)
  return needles.flatMap(([secret, shapes]) => (shapes.some((shape) => whole.includes(shape)) ? [secret] : []))
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  )
}

/** Reads what comes and goes below folders until stopped: which files held a secret or could be read by others. */
function watch(
  folders: readonly string[],
): () => { readonly held: readonly string[]; readonly open: readonly string[]; readonly seen: number } {
  const [held, open, seen] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const look = (): void => {
    for (const path of folders.flatMap(filesBelow)) {
      try {
        // One that is gone again cannot be read.
        const { mode, mtimeMs } = statSync(path)
        if (seen.has(`${path} ${mtimeMs}`)) continue
        for (const secret of heldBy(readFileSync(path))) held.add(`${path}: ${secret}`)
        if ((mode & 0o077) !== 0) open.add(path)
        seen.add(`${path} ${mtimeMs}`)
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      }
    }
  }
  const timer = setInterval(look, 15)
  return () => {
    clearInterval(timer)
    look()
    return { held: [...held], open: [...open], seen: seen.size }
  }
}

async function folder(): Promise<{ cwd: string; temporary: string; cache: string; env: Record<string, string> }> {
  const cwd = temporaryFolder()
  const [temporary, cache] = [join(cwd, 'temporary'), join(cwd, 'cache')]
  await mkdir(temporary)
  await mkdir(cache)
  await mkdir(join(cwd, 'data'))
  await writeFile(join(cwd, 'data/reviews.jsonl'), data)
  const env = { TMPDIR: temporary, TEMP: temporary, TMP: temporary, CREDENCE_PROGRESS: 'always' }
  return { cwd, temporary, cache, env }
}

const ARGS = ['scan', 'data', '--out', 'report', '--format', 'json,md,html,sarif']
const findingsOf = async (cwd: string): Promise<ReportJson['findings']> =>
  reportJsonSchema.parse(JSON.parse(await readFile(join(cwd, 'report/report.json'), 'utf8'))).findings

describe('secrets in rows that findings quote', { concurrency: 2 }, () => {
  test('are in no report, log, cache or temporary file, and findings still say which rows', async () => {
    const { cwd, temporary, cache, env } = await folder()
    const stop = watch([temporary, cache])
    const { code, stdout, stderr } = await runCredence(ARGS, { cwd, env })
    const { held, open, seen } = stop()
    assert.equal(code, 1, stderr)
    assert.ok(seen > 5, 'no temporary file was seen')
    assert.deepEqual(held, [])
    assert.deepEqual(
      open.filter((path) => path.startsWith(temporary)),
      [],
    )
    assert.deepEqual(filesBelow(temporary), [])

    assert.deepEqual([heldBy(stdout), heldBy(stderr)], [[], []])
    const reports = filesBelow(join(cwd, 'report'))
    assert.equal(reports.length, 5)
    for (const path of reports) assert.deepEqual(heldBy(readFileSync(path)), [], path)

    const findings = await findingsOf(cwd)
    const token = findings.find(({ trigger }) => trigger === `${HEX_TOKEN.slice(0, 4)}****`)
    assert.deepEqual(
      token?.rows.map(({ row }) => row),
      tokenRows,
    )
    const [example] = token?.examples ?? []
    assert.deepEqual(
      example?.marks.map(([start, end]) => example.excerpt.slice(start, end)),
      [`${HEX_TOKEN.slice(0, 4)}****`],
    )
    assert.ok(findings.some(({ title }) => title.includes('"https://feed:') && title.includes('****@example.org/a"')))
    assert.ok(findings.flatMap(({ examples }) => examples).filter(({ excerpt }) => excerpt.includes('****')).length >= 8)

    for (const number of findings.keys()) {
      const explained = await runCredence(['explain', 'report', String(number + 1)], { cwd, env })
      assert.equal(explained.code, 0)
      assert.deepEqual(heldBy(explained.stdout), [])
      if (number > 1) break
    }
  })

  test('--show-values shows them, here and in explain', async () => {
    const { cwd, env } = await folder()
    const few = ['--scanners', 'trigger,provenance,hidden-text']
    const { stdout } = await runCredence([...ARGS, ...few, '--show-values'], { cwd, env })
    const held = heldBy(await readFile(join(cwd, 'report/report.json')))
    assert.ok(held.includes(HEX_TOKEN) && held.length >= 10, held.join())
    assert.ok(heldBy(stdout).includes(HEX_TOKEN))
    const number = (await findingsOf(cwd)).findIndex(({ trigger }) => trigger === HEX_TOKEN) + 1
    const shown = await runCredence(['explain', 'report', String(number), '--show-values', '--format', 'json'], { cwd, env })
    assert.deepEqual(heldBy(shown.stdout), [HEX_TOKEN])
    for (const format of ['text', 'json']) {
      const { stdout } = await runCredence(['explain', 'report', String(number), '--format', format], { cwd, env })
      assert.deepEqual(heldBy(stdout), [])
    }
  })

  for (const [signal, expected] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    test(`${signal} leaves none behind`, async () => {
      const { cwd, temporary, cache, env } = await folder()
      await writeFile(join(cwd, 'data/more.jsonl'), data.repeat(100))
      const stop = watch([temporary, cache])
      const kill = { signal, afterMs: 3000 }
      const { code, stdout, stderr } = await runCredence(ARGS, { cwd, env: { ...env, CREDENCE_XYZZY: '1' }, kill })
      assert.deepEqual([code, heldBy(stdout), heldBy(stderr)], [expected, [], []])
      assert.deepEqual(stop().held, [])
      assert.deepEqual(filesBelow(temporary), [])
    })
  }

  test('errors about files that cannot be read quote none', async () => {
    const { cwd, env } = await folder()
    const all = Object.values(SECRETS).map(([, words]) => words)
    await writeFile(join(cwd, 'data/broken.jsonl'), all.map((words) => `{"text": ${words}}`).join('\n'))
    await writeFile(join(cwd, 'data/broken.json'), `[{"text": "a", "label": ${all.join(' ')}`)
    await writeFile(join(cwd, 'data/broken.csv'), `text,label\n"${all.join(',')}\n`)
    await writeFile(join(cwd, 'data/broken.parquet'), `PAR1${all.join(' ')}`)
    const { code, stdout, stderr } = await runCredence([...ARGS, '--scanners', 'provenance', '--debug'], { cwd, env })
    assert.ok(code === 1 || code === 3, `${stdout}${stderr}`)
    assert.deepEqual([heldBy(stdout), heldBy(stderr)], [[], []])
    for (const path of filesBelow(join(cwd, 'report'))) assert.deepEqual(heldBy(readFileSync(path)), [], path)
  })
})

test('inspect masks them in the rows that it shows, unless it is told to show them', async () => {
  const cwd = temporaryFolder()
  const words = Object.values(SECRETS).map(([, words]) => words)
  // Five rows are shown; three secrets in each.
  const lines = Array.from({ length: 5 }, (_, row) =>
    JSON.stringify({ text: words.slice(row * 3, row * 3 + 3).join(', '), label: row % 2 }),
  )
  await writeFile(join(cwd, 'keys.jsonl'), lines.join('\n'))
  for (const args of [[], ['--json']]) {
    const { code, stdout, stderr } = await runCredence(['inspect', 'keys.jsonl', ...args], { cwd })
    assert.equal(code, 0, stderr)
    assert.match(stdout, /\*\*\*\*/)
    assert.deepEqual(heldBy(stdout + stderr), [])
  }
  const { stdout } = await runCredence(['inspect', 'keys.jsonl', '--json', '--show-values'], { cwd })
  assert.equal(heldBy(stdout).length, Object.keys(SECRETS).length)
})
