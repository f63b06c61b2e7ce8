/** The inner loop of the static encoder: sums of a table's rows, brought to unit length on the grid of `pool.ts`. */
import {
  add,
  addFloats,
  addFours,
  addPairs,
  andVectors,
  assemble,
  ceilPairs,
  F64,
  f64,
  get,
  greaterPairs,
  half,
  I32,
  i32,
  lessThan,
  load32,
  loadFourShorts,
  loadTwoAsFloats,
  loop,
  multiplyPairs,
  set,
  shiftLeft,
  splatFloat,
  storeTwoFloats,
  storeVector,
  subtractPairs,
  V128,
  zeroVector,
  type WasmFunction,
} from '../math/wasm.js'
import { GRID, writeUnit } from './pool.js'

const PAGE = 65_536
/** Components of a row. */
export const ROW_LENGTH = 256
/** log2 of its bytes. */
const ROW_SHIFT = 9
/** Sums that are kept in registers: the rows are gone through once for each so many components. */
const WIDTH = 32
/** Up to here sums of squares of integers are exact, in whatever order. */
const EXACT = 2 ** 53

/** sum(ids, end, out): out[c] = sum of table[id][c], over the ids in memory from `ids` to `end`. The table lies at 0. */
function sumFunction(): WasmFunction {
  const [ids, end, out, at, row, first] = [0, 1, 2, 3, 4, 5]
  const sums = Array.from({ length: WIDTH / 4 }, (_, k) => first + k)
  const blocks = Array.from({ length: ROW_LENGTH / WIDTH }, (_, block) => [
    sums.map((sum) => [zeroVector, set(sum)]),
    [get(ids), set(at)],
    loop(
      [get(at), load32, i32(ROW_SHIFT), shiftLeft, set(row)],
      sums.map((sum, k) => [get(sum), get(row), loadFourShorts(2 * (block * WIDTH + 4 * k)), addFours, set(sum)]),
      [get(at), i32(4), add, set(at), get(at), get(end), lessThan],
    ),
    sums.map((sum, k) => [get(out), get(sum), storeVector(4 * (block * WIDTH + 4 * k))]),
  ])
  const locals = [I32, I32, ...sums.map(() => V128)]
  return { name: 'sum', parameters: [I32, I32, I32], result: null, locals, body: blocks }
}

/** squares(at, end): the sum of the squares of the 32-bit integers from `at` to `end`. */
function squaresFunction(): WasmFunction {
  const [at, end, two, sum] = [0, 1, 2, 3]
  const body = [
    loop(
      [get(at), loadTwoAsFloats, set(two), get(two), get(two), multiplyPairs, get(sum), addPairs, set(sum)],
      [get(at), i32(8), add, set(at), get(at), get(end), lessThan],
    ),
    [get(sum), half(0), get(sum), half(1), addFloats],
  ]
  return { name: 'squares', parameters: [I32, I32], result: F64, locals: [V128, V128], body }
}

/** scale(at, end, out, by): out = 32-bit floats, GRID times the integers times `by`, rounded as Math.round does. */
function scaleFunction(): WasmFunction {
  const [at, end, out, by, scaled, up] = [0, 1, 2, 3, 4, 5]
  const both = (value: number) => [f64(value), splatFloat]
  const body = loop(
    [get(at), loadTwoAsFloats, get(by), splatFloat, multiplyPairs, set(scaled)],
    [get(scaled), ceilPairs, set(up), get(out)],
    // One less where that is more than half above.
    [get(up), get(up), both(0.5), subtractPairs, get(scaled), greaterPairs, both(1), andVectors, subtractPairs],
    // Adding zero turns −0 into 0.
    [both(0), addPairs, both(GRID), multiplyPairs, storeTwoFloats],
    [get(out), i32(8), add, set(out), get(at), i32(8), add, set(at), get(at), get(end), lessThan],
  )
  return { name: 'scale', parameters: [I32, I32, I32, F64], result: null, locals: [V128, V128], body }
}

/** A table of 16-bit integers in WebAssembly's memory; what it gives is what `pool.ts` would make of its rows, to the bit. */
export class RowSums {
  /** Ids of rows to sum, from the first on: written by whoever asks. */
  readonly ids: Int32Array
  readonly #rows: number
  readonly #sums: Int32Array
  readonly #unit: Float32Array
  readonly #run: ReturnType<typeof assemble>['run']

  /**
   * @param table [rows × ROW_LENGTH], copied
   * @param most ids in one sum: their sum must be below 2³¹
   */
  constructor(table: Int16Array, most: number) {
    this.#rows = table.length / ROW_LENGTH
    const pages = Math.ceil((table.byteLength + 4 * (2 * ROW_LENGTH + most)) / PAGE)
    const { memory, run } = assemble(pages, [sumFunction(), squaresFunction(), scaleFunction()])
    this.#run = run
    new Int16Array(memory).set(table)
    this.#sums = new Int32Array(memory, table.byteLength, ROW_LENGTH)
    this.#unit = new Float32Array(memory, table.byteLength + 4 * ROW_LENGTH, ROW_LENGTH)
    this.ids = new Int32Array(memory, table.byteLength + 8 * ROW_LENGTH, most)
  }

  /**
   * Writes the unit vector of the sum of the first `count` ids' rows; nothing where the sum is zero.
   * @throws RangeError for an id that has no row
   */
  write(count: number, out: Float32Array, offset: number): void {
    if (count === 0) return
    for (let i = 0; i < count; i++) if (this.ids[i]! >>> 0 >= this.#rows) throw new RangeError(`no row ${this.ids[i]!}`)
    const { sum, squares, scale } = this.#run
    const [ids, from, unit] = [this.ids.byteOffset, this.#sums.byteOffset, this.#unit.byteOffset]
    const end = from + this.#sums.byteLength
    sum!(ids, ids + 4 * count, from)
    const square = squares!(from, end)
    if (square >= EXACT) writeUnit(Float64Array.from(this.#sums), out, offset)
    else if (square > 0) {
      scale!(from, end, unit, 1 / (GRID * Math.sqrt(square)))
      out.set(this.#unit, offset)
    }
  }
}
