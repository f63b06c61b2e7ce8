import type { Case } from './case.js'
import { FLAGGED } from '../scanners/injection/flagged.js'
import { PASSED } from '../scanners/injection/passed.js'

export const cases: readonly Case[] = [...FLAGGED, ...PASSED]
