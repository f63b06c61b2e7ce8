/**
 * The inner loop of the isolation forest, in WebAssembly: eight points go down a tree together, since each step of one waits for
 * memory. Points come in blocks that stay in the nearest cache while all trees go over them. What it gives is what adding up
 * `forest.length` at each point's leaves, tree by tree, would give, to the bit.
 */
import {
  add,
  addFloats,
  assemble,
  get,
  I32,
  i32,
  isLess,
  lessThan,
  load32At,
  loadDoubleAt,
  loadFloatAsDouble,
  loop,
  set,
  shiftLeft,
  storeDoubleAt,
  subtract,
  type WasmFunction,
} from '../../src/math/wasm.js'
import type { Forest } from './forest.js'

const PAGE = 65_536
/** Points whose steps wait together. */
const TOGETHER = 8
/** Points of a block: of 32 features they take 32 KiB. */
export const BLOCK = 256
const NODE_BYTES = 8
const TOTAL_BYTES = 8 * BLOCK

/**
 * descend(nodes, lengths, points, end, totals, depth): adds to the totals of the points of a block, from `points` to `end`, the
 * length at their leaves in one tree. Node i of the tree lies at `nodes` + 8 i: where its feature lies in a block, and the cut;
 * what is less goes to 2 i + 1, else to 2 i. The root is 1.
 */
function descendFunction(): WasmFunction {
  const [nodes, lengths, points, end, totals, depth, left, first] = [0, 1, 2, 3, 4, 5, 6, 7]
  const pairs = Array.from({ length: TOGETHER }, (_, k) => [k, first + 2 * k, first + 2 * k + 1] as const)
  const body = loop(
    pairs.map(([, node]) => [i32(1), set(node)]),
    [get(depth), set(left)],
    loop(
      pairs.map(([k, node, address]) => [
        [get(nodes), get(node), i32(3), shiftLeft, add, set(address)],
        [get(points), get(address), load32At(0), add, load32At(4 * k), get(address), load32At(4), isLess],
        [get(node), i32(1), shiftLeft, add, set(node)],
      ]),
      [get(left), i32(1), subtract, set(left), get(left)],
    ),
    pairs.map(([k, node]) => [
      [get(totals), get(totals), loadDoubleAt(8 * k)],
      [get(lengths), get(node), i32(2), shiftLeft, add, loadFloatAsDouble, addFloats, storeDoubleAt(8 * k)],
    ]),
    [get(totals), i32(8 * TOGETHER), add, set(totals)],
    [get(points), i32(4 * TOGETHER), add, set(points), get(points), get(end), lessThan],
  )
  const locals = Array.from({ length: 1 + 2 * TOGETHER }, () => I32)
  return { name: 'descend', parameters: Array.from({ length: left }, () => I32), result: null, locals, body }
}

/** All trees as full binary trees with the root at 1: two numbers for each node, and the lengths at the leaves. */
interface Laid {
  readonly nodes: Int32Array
  readonly lengths: Float32Array
}

function layOut({ roots, feature, cut, child, length, depth }: Forest): Laid {
  const width = 2 ** depth
  const nodes = new Int32Array(roots.length * 2 * width)
  const lengths = new Float32Array(roots.length * width)
  roots.forEach((root, tree) => {
    let level = Int32Array.of(root)
    for (let first = 1; first < width; first *= 2) {
      const next = new Int32Array(2 * first)
      level.forEach((node, i) => {
        const place = 2 * (tree * width + first + i)
        nodes[place] = 4 * BLOCK * feature[node]!
        nodes[place + 1] = cut[node]!
        // A leaf leads to itself.
        const left = child[node]!
        next[2 * i] = left + 1
        next[2 * i + 1] = left + 1 === node ? node : left
      })
      level = next
    }
    level.forEach((leaf, i) => (lengths[tree * width + i] = length[leaf]!))
  })
  return { nodes, lengths }
}

/** A forest is laid out once. */
const laid = new WeakMap<Forest, Laid>()

/** A place in WebAssembly's memory: totals, the trees of one forest, their leaves, a block of points. */
class Descent {
  /** Ordinals of a block of points, feature by feature: to be written by whoever asks. */
  readonly block: Int32Array
  readonly totals: Float64Array
  readonly #nodes: Int32Array
  readonly #lengths: Float32Array
  readonly #run: (...values: number[]) => number
  #forest: Forest | null = null

  constructor(
    readonly forestBytes: number,
    readonly blockBytes: number,
  ) {
    const total = TOTAL_BYTES + forestBytes + forestBytes / 2 + blockBytes
    const { memory, run } = assemble(Math.ceil(total / PAGE), [descendFunction()])
    this.#run = run['descend']!
    this.totals = new Float64Array(memory, 0, BLOCK)
    this.#nodes = new Int32Array(memory, TOTAL_BYTES, forestBytes / 4)
    this.#lengths = new Float32Array(memory, TOTAL_BYTES + forestBytes, forestBytes / NODE_BYTES)
    this.block = new Int32Array(memory, TOTAL_BYTES + forestBytes + forestBytes / 2, blockBytes / 4)
  }

  take(forest: Forest): void {
    if (this.#forest === forest) return
    const own = laid.get(forest) ?? layOut(forest)
    laid.set(forest, own)
    this.#nodes.set(own.nodes)
    this.#lengths.set(own.lengths)
    this.#forest = forest
  }

  /** Makes totals of the first `count` points of the block, in the forest that was taken. */
  add(count: number): void {
    const { roots = new Int32Array(0), depth = 0 } = this.#forest ?? {}
    const width = 2 ** depth
    const from = this.block.byteOffset
    this.totals.fill(0)
    for (let tree = 0; tree < roots.length; tree++) {
      // The number of the first leaf is `width`.
      const lengths = this.#lengths.byteOffset + 4 * width * (tree - 1)
      this.#run(this.#nodes.byteOffset + NODE_BYTES * width * tree, lengths, from, from + 4 * count, 0, depth)
    }
  }
}

let descent: Descent | null = null

/** The place that there is, with that forest in it; a larger one where it is too small. */
export function descentOf(forest: Forest): Descent {
  const forestBytes = NODE_BYTES * forest.roots.length * 2 ** forest.depth
  const blockBytes = 4 * BLOCK * forest.features
  if (descent === null || descent.forestBytes < forestBytes || descent.blockBytes < blockBytes) {
    descent = new Descent(Math.max(forestBytes, descent?.forestBytes ?? 0), Math.max(blockBytes, descent?.blockBytes ?? 0))
  }
  descent.take(forest)
  return descent
}
