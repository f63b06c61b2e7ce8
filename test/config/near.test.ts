import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearest } from '../../src/config/near.js'

const known = ['alpha', 'failOn', 'format', 'seed', 'taskTimeout']

test('finds a swap, a slip, a missing and an extra letter, whatever the case', () => {
  assert.equal(nearest('alhpa', known), 'alpha')
  assert.equal(nearest('sead', known), 'seed')
  assert.equal(nearest('formt', known), 'format')
  assert.equal(nearest('tasktimeouts', known), 'taskTimeout')
})

test('offers nothing for what is far, empty or endless', () => {
  assert.equal(nearest('xyzzy', known), null)
  assert.equal(nearest('', known), null)
  assert.equal(nearest('a'.repeat(100_000), known), null)
})
