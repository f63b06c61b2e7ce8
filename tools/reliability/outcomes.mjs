// Writes what becomes of malformed files into docs/reliability.md, between its markers, from the outcomes that the long tests
// hold the program to. With --pin those are taken anew, from the corpora that CREDENCE_CORPORA names. --check only compares.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fillPage, table } from '../page.mjs'
import { ensureBuilt, root } from '../setup.mjs'

const PINS = join(root, 'test', 'long', 'hostile-files.json')
const PAGE = join(root, 'docs', 'reliability.md')
const args = process.argv.slice(2)
const compiled = process.env.CREDENCE_COMPILED ?? join(root, 'dist')

if (process.env.CREDENCE_COMPILED === undefined) ensureBuilt()

async function takePins() {
  const corpora = process.env.CREDENCE_CORPORA
  if (!corpora) throw new Error('CREDENCE_CORPORA is not set')
  const { FAMILIES, filesOf, outcomeOf, withEnding } = await import(join(compiled, 'tools', 'reliability', 'outcome.js'))
  const links = mkdtempSync(join(tmpdir(), 'credence-outcomes-'))
  const pins = {}
  try {
    for (const family of FAMILIES) {
      const folder = resolve(corpora, family.folder)
      pins[family.folder] = {}
      for (const name of filesOf(family, corpora))
        pins[family.folder][name] = await outcomeOf(withEnding(join(folder, name), family, links))
      console.error(`${family.folder}: ${Object.keys(pins[family.folder]).length} files`)
    }
  } finally {
    rmSync(links, { recursive: true, force: true })
  }
  writeFileSync(PINS, `${JSON.stringify(pins, null, 2)}\n`)
}

function outcomeTable() {
  const pins = JSON.parse(readFileSync(PINS, 'utf8'))
  const rows = Object.entries(pins).map(([folder, files]) => {
    const of = (wanted) => Object.values(files).filter(({ outcome }) => outcome === wanted).length
    return [`\`${folder}\``, of('read'), of('refused'), of('limit'), Object.keys(files).length]
  })
  const sum = (at) => rows.reduce((total, row) => total + row[at], 0)
  return table(['files', 'read', 'refused', 'limit', 'of'], [...rows, ['all', sum(1), sum(2), sum(3), sum(4)]])
}

async function optionTable() {
  const { optionSchemas, optionMeta } = await import(join(compiled, 'src', 'config', 'schema.js'))
  const keys = Object.keys(optionSchemas).filter((key) => /^(task|max)[A-Z]/.test(key))
  return table(
    ['option', 'default', 'what it bounds'],
    keys.map((key) => {
      const value = optionSchemas[key].parse(undefined)
      const flag = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
      return [`\`--${flag}\``, size(key, value), optionMeta(key).description]
    }),
  )
}

function size(key, value) {
  if (!/Bytes|Memory/.test(key)) return value.toLocaleString('en')
  return value >= 2 ** 30 ? `${value / 2 ** 30} GiB` : `${value / 2 ** 20} MiB`
}

/** `const MAX_NAME = number`, with the comment above. */
const CONSTANT = /\/\*\* ([^\n]*) \*\/\n(?:export )?const (MAX_\w+) = ([\d* ]+)\n/g

/** Named alike, but nothing is refused over them. */
const NO_LIMITS = ['MAX_BATCH_BYTES', 'MAX_LABELS', 'MAX_LABEL_LENGTH', 'MAX_SHARD_BYTES']

function constantTable() {
  const rows = ['src/model', 'src/read'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .sort()
      .flatMap((name) =>
        [...readFileSync(join(root, folder, name), 'utf8').matchAll(CONSTANT)].map(([, comment, constant, value]) => [
          `\`${name.replace('.ts', '')}\` \`${constant}\``,
          `\`${value}\``,
          comment,
        ]),
      ),
  )
  const limits = rows.filter(([constant]) => !NO_LIMITS.some((name) => constant.includes(`\`${name}\``)))
  return table(['constant', 'value', 'what it bounds'], limits)
}

if (args.includes('--pin')) await takePins()
const parts = { outcomes: outcomeTable(), options: await optionTable(), constants: constantTable() }
const check = args.includes('--check')
if (!(await fillPage(PAGE, parts, check)) && check) {
  console.error('docs/reliability.md is out of date; run: node tools/reliability/outcomes.mjs')
  process.exitCode = 1
}
