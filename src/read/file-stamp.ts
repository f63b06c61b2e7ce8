/**
 * Whether a file is still the one that was found. A scan opens each file many times, in several processes, by its name: what
 * was read, and what was hashed, are the same bytes only where every descriptor was of the same file and nobody wrote to it.
 */
import { closeSync, fstatSync, openSync, statSync, type BigIntStats } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { CredenceError } from '../errors.js'
import type { SourceFile } from './format.js'

export type StampedFile = Pick<SourceFile, 'path' | 'absolute' | 'stamp'>

/** File systems note times by the ticks of a clock: what is written within one of them leaves no trace. Linux has 100 to 1,000 a second. */
const TICK_MS = 20

/**
 * Size, inode and times. That of the last change (ctime) cannot be set by whoever writes, so nobody can put it back. The device
 * is left out: it has another number on each machine that mounts the same files.
 */
export function stampOf({ size, ino, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${size} ${ino} ${mtimeNs} ${ctimeNs}`
}

export interface Settled {
  readonly stamp: string
  readonly size: number
  readonly isFile: boolean
}

/** A file's stamp, taken when a later change must show in it. @throws what the system throws */
export async function settledStamp(absolute: string): Promise<Settled> {
  let stat = statSync(absolute, { bigint: true })
  if (Date.now() - Number(stat.ctimeMs) < TICK_MS) {
    await setTimeout(TICK_MS)
    stat = statSync(absolute, { bigint: true })
  }
  return { stamp: stampOf(stat), size: Number(stat.size), isFile: stat.isFile() }
}

/**
 * A descriptor to read from.
 * @throws CredenceError `changed` where the file has a stamp and this is another file, or was written to; what the system throws
 */
export function openStamped({ absolute, path, stamp }: StampedFile): number {
  const descriptor = openSync(absolute, 'r')
  try {
    if (stamp !== undefined && stampOf(fstatSync(descriptor, { bigint: true })) !== stamp) throw changed(path)
    return descriptor
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

/** Whether the name, and the descriptor where one is given, are still of that file. @throws what the system throws */
export function isUnchanged({ absolute, stamp }: StampedFile, descriptor?: number): boolean {
  if (descriptor !== undefined && stampOf(fstatSync(descriptor, { bigint: true })) !== stamp) return false
  return stampOf(statSync(absolute, { bigint: true })) === stamp
}

export function changed(path: string): CredenceError {
  return new CredenceError('changed', `${path} was changed or replaced while it was read`, {
    place: { file: path },
    suggestions: ['begin again when nobody writes to it'],
  })
}
