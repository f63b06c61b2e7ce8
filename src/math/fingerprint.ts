import { hash53 } from './random.js'

/** 12 hexadecimal digits that name a claim: the same claim gives the same digits in every scan. */
export function fingerprint(claim: string): string {
  return Math.floor(hash53(claim) / 32)
    .toString(16)
    .padStart(12, '0')
}
