import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { compare } from '../../src/online/compare.js'
import { Refusal } from '../../src/online/destination.js'
import { get } from '../../src/online/get.js'
import type { Outcome } from '../../src/online/outcomes.js'
import { listOf } from '../../src/online/ranges.js'
import { digestOf, startWeb, type Web } from './web.js'

const own = listOf(['127.0.0.0/8'])
const limits = { allow: [], maxBytes: 4000, timeoutMs: 400, pauseMs: 0, totalMs: 10_000 }
const { signal } = new AbortController()
const hosts: string[] = []

describe('what lies at an address', () => {
  let web: Web
  before(async () => (web = await startWeb()))
  after(() => {
    web.close()
  })

  const at = (url: string, digest = '0'.repeat(64), allowed = own): Promise<Outcome> =>
    compare(url, digest, {
      limits,
      allowed,
      signal,
      turn: (host) => Promise.resolve(void hosts.push(host)),
    })

  test('is compared by the algorithm of the recorded digest, also behind a redirect', async () => {
    for (const algorithm of ['md5', 'sha1', 'sha256']) {
      const { kind, bytes, requests } = await at(web.at('/same/x'), digestOf('content of /same/x', algorithm))
      assert.deepEqual([kind, bytes, requests], ['same', 18, 1], algorithm)
    }
    assert.equal((await at(web.at('/changed/x'), digestOf('what it was'))).kind, 'changed')
    const { kind, requests } = await at(web.at('/moved'), digestOf('content of /same/moved'))
    assert.deepEqual([kind, requests], ['same', 2])
    assert.equal(hosts.length, 6, 'each request waits for its turn')
  })

  test('may be nothing, silence, too much, cut or packed', async () => {
    const kinds = {
      '/gone': 'gone',
      '/error': 'no-answer',
      '/round': 'no-answer',
      '/silent': 'no-answer',
      '/cut': 'no-answer',
      '/packed': 'unclear',
      '/declared': 'unclear',
      '/endless': 'unclear',
    }
    for (const [path, expected] of Object.entries(kinds)) {
      const { kind, bytes } = await at(web.at(path))
      assert.equal(kind, expected, path)
      assert.ok(bytes < 200_000, path)
    }
    assert.equal(web.asked.filter((path) => path === '/round').length, 6)
    assert.equal((await at('http://nobody.invalid/x')).kind === 'same', false)
  })

  test('is not fetched where a redirect leads inward, to another scheme or nowhere', async () => {
    for (const path of ['/inward', '/metadata', '/file', '/nowhere']) {
      const { kind, requests } = await at(web.at(path))
      assert.deepEqual([kind, requests], ['refused', 1], path)
    }
  })

  test('is not asked for on this machine unless its range is allowed', async () => {
    const asked = web.asked.length
    for (const url of [web.at('/same/y'), web.at('/same/y').replace('127.0.0.1', 'localhost')]) {
      assert.equal((await at(url, '0'.repeat(64), listOf([]))).kind, 'refused')
    }
    assert.equal(web.asked.length, asked)
  })

  test('comes from the machine that was chosen: the name is not looked up again', async () => {
    const url = new URL(web.at('/same/pinned').replace('127.0.0.1', 'rebind.invalid'))
    const options = { algorithm: 'sha256' as const, maxBytes: 4000, signal }
    const got = await get({ url, ip: '127.0.0.1', family: 4 }, { ...options, allowed: own })
    assert.equal(got.digest, digestOf('content of /same/pinned'))
    // And a connection that ended up elsewhere all the same is cut before anything is sent.
    const elsewhere = get({ url, ip: '127.0.0.1', family: 4 }, { ...options, allowed: listOf([]) })
    await assert.rejects(elsewhere, Refusal)
    assert.equal(web.asked.filter((path) => path === '/same/pinned').length, 1)
  })
})
