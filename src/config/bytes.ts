/** Options that are numbers of bytes. */
import { z } from 'zod'

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 }

/** A number of bytes, or text like `512MiB`; units are powers of 1024. */
export const byteCount = z
  .union([z.int().min(0), z.string().regex(/^\d+(\.\d+)?\s*[KMGT]?i?B?$/i, 'expected bytes, like 512MiB or 2GiB')])
  .transform((value) => {
    if (typeof value === 'number') return value
    const [, digits = '0', unit = ''] = /^([\d.]+)\s*([KMGT]?)/i.exec(value) ?? []
    return Math.round(Number(digits) * (UNITS[unit.toUpperCase()] ?? 1))
  })

/** JavaScript holds no text of more than 512Mi units. */
export const textBytes = (bytes: number) =>
  byteCount.refine((value) => value >= 1 && value <= 256 * 2 ** 20, 'expected at most 256MiB').prefault(bytes)
