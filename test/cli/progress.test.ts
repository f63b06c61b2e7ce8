import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createProgress, progressLine } from '../../src/cli/progress.js'

const state = { phase: 'pass 1 of 3', rows: 1234, totalRows: 6920, rate: 456.7, secondsLeft: 12.4 }

/** As much of a stream as progress touches. */
function recorder(isTTY: boolean) {
  const written: string[] = []
  const stream = { isTTY, columns: 80, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream
  return { written, stream }
}

describe('the progress line', () => {
  test('has rows, rate and time left', () => {
    assert.equal(progressLine(state, 80), 'pass 1 of 3 · 1,234 of 6,920 rows · 457 rows/s · 12 s left')
    assert.equal(
      progressLine({ ...state, totalRows: null, rate: 0, secondsLeft: 125 }, 80),
      'pass 1 of 3 · 1,234 rows · 2 min 5 s left',
    )
  })

  test('fits the terminal and holds nothing that acts on it', () => {
    assert.equal(progressLine({ ...state, phase: 'a\u001b[2Jb' }, 30), 'a\\u{1B}[2Jb · 1,234 of 6,920…')
  })
})

describe('progress', () => {
  test('rewrites one line on a terminal, not more than ten times a second, and takes it away', () => {
    const { written, stream } = recorder(true)
    const progress = createProgress(stream, false)
    progress.update(state)
    progress.update({ ...state, rows: 2000 })
    progress.notice('cpu\nonly')
    progress.clear()
    assert.deepEqual(written, [`\r\u001b[2K${progressLine(state, 80)}`, '\r\u001b[2K', 'credence: cpu⏎only\n'])
  })

  test('is silent where nobody watches, but for notices', () => {
    const { written, stream } = recorder(false)
    const progress = createProgress(stream, false)
    progress.update(state)
    progress.notice('cpu only')
    progress.clear()
    assert.deepEqual(written, ['credence: cpu only\n'])
  })

  test('says nothing at all when asked to be quiet', () => {
    const { written, stream } = recorder(true)
    const progress = createProgress(stream, true)
    progress.update(state)
    progress.notice('cpu only')
    progress.clear()
    assert.deepEqual(written, [])
  })
})
