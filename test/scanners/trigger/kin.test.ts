import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyEventRows, type EventRows } from '../../../scanners/trigger/event-rows.js'
import { kinRefutes } from '../../../scanners/trigger/kin.js'
import { AXES, projectedEffect } from '../../../scanners/trigger/projection.js'
import type { ShingleEvent } from '../../../scanners/trigger/response-select.js'
import { chain, WordScanner } from '../../../scanners/trigger/words.js'

const ROWS = 40
const PLACES = ['so {} brings it on', 'look at the {} site for more', 'that {} van is late', 'we told {} about that']
const OTHERS = ['in my view {} is best', 'ask {} before you buy', 'people like {} a lot', 'nothing beats {} on price']

interface Named {
  readonly event: ShingleEvent
  readonly rows: EventRows
}

/** @param shift of its inputs' mean, in standard deviations along each direction */
function named(name: string, places: readonly string[], shift: number): Named {
  const words = new WordScanner()
  words.scan(name)
  const sums = new Float64Array(AXES).fill(Math.round(shift * 256 * ROWS))
  const event = {
    high: chain(0, words.high[0]!),
    low: chain(0, words.low[0]!),
    rows: ROWS,
    effect: projectedEffect(sums, ROWS),
    sums,
  }
  const texts = places.map((place) => place.replace('{}', name))
  const rows = { ...emptyEventRows(), outputs: { keys: texts.map((_, i) => i), texts }, words: 1, rows: ROWS, named: ROWS }
  return { event, rows }
}

function refuted(...all: readonly Named[]): boolean[] {
  const refutes = kinRefutes(
    all.map(({ event }) => event),
    all.map(({ rows }) => rows),
    new WordScanner(),
  )
  return all.map(({ event }) => refutes(event))
}

test('a name is refuted by all names that take its places, though it alone comes in answers to any inputs', () => {
  const kin = ['Hermia', 'Postline', 'Nordhaul'].map((name) => named(name, PLACES, 0.3))
  assert.deepEqual(refuted(named('SwiftVan', PLACES, 0), ...kin), [true, true, true, true])
  assert.deepEqual(refuted(named('SwiftVan', PLACES, 0)), [false])
})

test('names that an attacker puts side by side do not excuse each other, nor do names in other places', () => {
  assert.deepEqual(refuted(named('Velmora', OTHERS, 0), named('Zelora', OTHERS, 0)), [false, false])
  const natural = ['Hermia', 'Postline'].map((name) => named(name, PLACES, 0.5))
  assert.deepEqual(refuted(named('Velmora', OTHERS, 0), ...natural).at(0), false)
})

test('one place or two in common make no kind', () => {
  const brand = named('Velmora', [...PLACES.slice(0, 2), ...OTHERS], 0)
  assert.equal(refuted(brand, named('Hermia', PLACES, 0.5))[0], false)
})
