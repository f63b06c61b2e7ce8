import type { EvidenceUnit } from '../scanner.js'
import { amount, number } from './summary.js'

/** A number as a person reads it; text is given back as it is, untrusted. */
export function valueText(value: number | string, unit?: EvidenceUnit): string {
  if (typeof value === 'string') return value
  switch (unit) {
    case 'rows':
      return amount(value, 'row')
    case 'share':
      return `${significant(100 * value)} %`
    case 'log10':
      return powerOfTen(value)
    case 'signed':
      return value > 0 ? `+${significant(value)}` : significant(value)
    case 'bits':
      return `${significant(value)} bits`
    case undefined:
      return significant(value)
  }
}

/** A bound on a probability may lie above 1 and says nothing then. */
function powerOfTen(log10: number): string {
  return log10 >= 0 ? '1' : `10^${log10 > -10 ? log10.toFixed(1) : number(Math.round(log10))}`
}

/** Whole numbers whole, others with three digits that matter. */
function significant(value: number): string {
  if (Number.isInteger(value)) return number(value)
  const size = Math.abs(value)
  if (size >= 1000) return number(Math.round(value))
  if (size < 0.001) return value.toExponential(1)
  return value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(size))))
}
