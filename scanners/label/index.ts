import { z } from 'zod'
import { defineScanner } from '../../src/scanner.js'
import { calibrationPass } from './calibrate.js'
import { contentPass } from './content.js'
import { evidence } from './evidence.js'
import { messages } from './findings.js'
import { marginPass } from './margins.js'
import { probePass } from './probe.js'

/** Fewer rows teach no probe and hold no thirty flips. */
const LEAST_ROWS = 200

export const label = defineScanner({
  id: 'label',
  title: 'Flipped labels',
  description: 'rows whose label their content contradicts: flips picked at random, and mistakes',
  version: '2',
  dilutes: true,
  category: 'quality',
  options: z.strictObject({}),
  messages: { 'label/flipped': messages.flipped, 'label/shuffled': messages.shuffled, 'label/suspect': messages.suspect },
  crossEvidence: { signals: ['contradiction'], exactness: 'fault', rowsAreRated: true },
  evidence,
  skip: ({ kind, rows }) => {
    if (kind !== 'classification') return 'only classification data has labels to check'
    return rows !== null && rows < LEAST_ROWS ? `${rows} rows teach no probe: ${LEAST_ROWS} are needed` : null
  },
  passes: () => [probePass(), calibrationPass(), marginPass(), contentPass()],
})
