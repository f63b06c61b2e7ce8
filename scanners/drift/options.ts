import { z } from 'zod'

export const driftOptions = z.strictObject({
  largest: z
    .number()
    .min(0.001)
    .max(0.5)
    .default(0.2)
    .describe('share of a part’s rows up to which a block in it is an insertion'),
  maxRows: z.int().min(1).max(100_000).default(10_000).describe('rows listed in one finding'),
})

export type DriftOptions = z.output<typeof driftOptions>
