/** Decisions as they are made: on the disk before anyone is told so, and in memory by target. */
import { open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import pLimit from 'p-limit'
import { asCredenceError } from '../errors.js'
import {
  latestOf,
  readDecisionsIfAny,
  remember,
  settleTarget,
  targetKey,
  type Decision,
  type DecisionTarget,
  type Latest,
  type Settled,
} from './decisions.js'

const LINE_FEED = 10

export class DecisionLog {
  private readonly latest: Latest
  private readonly inTurn = pLimit(1)

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    earlier: readonly Decision[],
    /** Lines of the file that a crash cut short. */
    readonly torn: number,
    /** Whether the file ends within a line: the next must not go on from there. */
    private isCut: boolean,
  ) {
    this.latest = latestOf(earlier)
  }

  /** @throws CredenceError `usage` for a file that holds something else, `io` where it cannot be written */
  static async open(path: string): Promise<DecisionLog> {
    const { decisions, torn } = await readDecisionsIfAny(path)
    try {
      const file = await open(path, 'a+')
      const { size } = await file.stat()
      const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1))
      // A new file is only there for good when its folder says so.
      if (size === 0) await syncFolder(dirname(path))
      return new DecisionLog(path, file, decisions, torn, size > 0 && buffer[0] !== LINE_FEED)
    } catch (error) {
      throw asCredenceError(error, 'io', { file: path })
    }
  }

  /**
   * Returns when the decision is on the disk.
   * @throws CredenceError `io`; then it is not made
   */
  async append(decision: Decision): Promise<void> {
    await this.inTurn(async () => {
      try {
        const line = Buffer.from(`${this.isCut ? '\n' : ''}${JSON.stringify(decision)}\n`)
        this.isCut = true
        // One call, and at the end wherever that is now: others may write to the same file.
        const { bytesWritten } = await this.file.write(line)
        if (bytesWritten < line.length) throw new Error(`only ${bytesWritten} of ${line.length} bytes could be written`)
        await this.file.datasync()
        this.isCut = false
      } catch (error) {
        throw asCredenceError(error, 'io', { file: this.path })
      }
      remember(this.latest, decision)
    })
  }

  async close(): Promise<void> {
    await this.inTurn(() => this.file.close())
  }

  /** The last decision of each reviewer about a target. */
  of(target: DecisionTarget): readonly Decision[] {
    return [...(this.latest.get(targetKey(target))?.values() ?? [])]
  }

  /** Of all targets of which somebody has a verdict. */
  *settled(): Generator<Settled> {
    for (const byReviewer of this.latest.values()) {
      const settled = settleTarget([...byReviewer.values()])
      if (settled !== null) yield settled
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; its files are in them at once.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
