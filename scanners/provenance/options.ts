import { z } from 'zod'

export const provenanceOptions = z.strictObject({
  maxRows: z.int().min(1).max(1_000_000).default(10_000).describe('most rows listed in one finding'),
  maxCandidates: z
    .int()
    .min(100)
    .max(5_000_000)
    .default(200_000)
    .describe('most rows compared for equal ids, and for equal texts; those with the smallest hashes are kept'),
  digestShare: z
    .number()
    .min(0.5)
    .max(1)
    .default(0.5)
    .describe('share of rows whose digest must match one form of their content before the others are judged by it'),
})

export type ProvenanceOptions = z.output<typeof provenanceOptions>
