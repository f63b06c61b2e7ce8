import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { packageRoot } from '../../src/paths.js'
import { reportJsonSchema, type ReportJson } from '../../src/report/json-schema.js'
import { runCredence } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const DATA = join(packageRoot, 'fixtures/trigger/flags-rare-word/data.csv')
const PRELOAD = join(packageRoot, 'test/cli/deny-network.mjs')

const ARGS = ['scan', DATA, '--out', 'report', '--jobs', '2', '--cache', 'off']

/** What a scan found, without what differs from run to run. */
function foundIn(cwd: string): Pick<ReportJson, 'findings' | 'verdict'> {
  const { findings, verdict } = reportJsonSchema.parse(JSON.parse(readFileSync(join(cwd, 'report/report.json'), 'utf8')))
  return { findings, verdict }
}

async function ordinary(): Promise<ReturnType<typeof foundIn>> {
  const cwd = temporaryFolder()
  const { code, stderr } = await runCredence(ARGS, { cwd })
  assert.deepEqual([code, stderr], [1, ''])
  return foundIn(cwd)
}

/** In a network namespace with nothing in it, not even a loopback that is up. */
const unshare = ['unshare', '--map-root-user', '--net']
const canUnshare = process.platform === 'linux' && spawnSync(unshare[0]!, [...unshare.slice(1), 'true']).status === 0

describe('a scan needs no network', { concurrency: 1 }, () => {
  let usual: ReturnType<typeof foundIn> | null = null

  test('with every way to it denied in all processes, it finds the same', async () => {
    usual = await ordinary()
    assert.ok(usual.findings.length > 0)
    const cwd = temporaryFolder()
    const log = join(cwd, 'network.log')
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(PRELOAD).href}`, DENIED_NETWORK_LOG: log }
    const { code, stderr } = await runCredence(ARGS, { cwd, env })
    assert.deepEqual([code, stderr], [1, ''])
    const lines = readFileSync(log, 'utf8').trim().split('\n')
    assert.deepEqual(
      lines.filter((line) => !line.startsWith('loaded ')),
      [],
    )
    assert.ok(new Set(lines).size >= 3, 'the parent and two children are watched')
    assert.deepEqual(foundIn(cwd), usual)
  })

  test('the denial is not blind', () => {
    const cwd = temporaryFolder()
    const log = join(cwd, 'network.log')
    const tries = [
      "require('net').connect(1)",
      "new (require('net').Socket)().connect(1)",
      "require('dns').lookup('localhost', () => 0)",
      "require('dns').promises.lookup('localhost')",
      "require('dgram').createSocket('udp4')",
      "require('http').get('http://localhost:1')",
      "fetch('http://localhost:1')",
    ]
    for (const script of tries) {
      const env = { ...process.env, NODE_OPTIONS: `--import=${pathToFileURL(PRELOAD).href}`, DENIED_NETWORK_LOG: log }
      assert.notEqual(spawnSync(process.execPath, ['-e', script], { env }).status, 0, script)
    }
    const denied = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('denied '))
    assert.equal(denied.length, tries.length, denied.join())
  })

  test('rows with addresses and digests change nothing without --online, and with it the denial is hit', async () => {
    const cwd = temporaryFolder()
    const row = (i: number): object => ({
      text: `Row ${i}`,
      label: i % 2,
      url: `https://host${i % 3}.example/${i}`,
      hash: createHash('sha256').update(String(i)).digest('hex'),
    })
    writeFileSync(join(cwd, 'rows.jsonl'), Array.from({ length: 40 }, (_, i) => `${JSON.stringify(row(i))}\n`).join(''))
    const denied = async (...args: string[]): Promise<string[]> => {
      const log = join(cwd, `network${args.length}.log`)
      const env = { NODE_OPTIONS: `--import=${pathToFileURL(PRELOAD).href}`, DENIED_NETWORK_LOG: log }
      const { code, stderr } = await runCredence(['scan', 'rows.jsonl', '--jobs', '1', '--cache', 'off', '--quiet', ...args], {
        cwd,
        env,
      })
      assert.deepEqual([code, stderr], [0, ''])
      return readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('denied '))
    }
    assert.deepEqual(await denied(), [])
    const tried = await denied('--online')
    assert.equal(tried.length, 40)
    assert.deepEqual([...new Set(tried)], ['denied dns.promises.lookup'])
  })

  test('in a machine without any, it finds the same', async (t) => {
    if (!canUnshare) {
      t.skip('unshare --net is not permitted here')
      return
    }
    const cwd = temporaryFolder()
    mkdirSync(join(cwd, 'cache'))
    const [command = '', ...before] = unshare
    const env = { ...process.env, HOME: cwd, XDG_CACHE_HOME: join(cwd, 'cache') }
    const child = spawn(command, [...before, process.execPath, join(packageRoot, 'bin/run.js'), ...ARGS], {
      cwd,
      env,
      stdio: 'ignore',
    })
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject).on('close', resolve)
    })
    assert.equal(code, 1)
    assert.deepEqual(foundIn(cwd), usual ?? (await ordinary()))
  })
})
