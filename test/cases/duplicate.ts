import { flagged } from '../scanners/duplicate/flagged.js'
import { innocent } from '../scanners/duplicate/innocent.js'
import type { Case } from './case.js'

export const cases: readonly Case[] = [...flagged, ...innocent]
