import { flagged } from '../scanners/drift/flagged.js'
import { innocent } from '../scanners/drift/innocent.js'
import type { Case } from './case.js'

export const cases: readonly Case[] = [...flagged, ...innocent]
