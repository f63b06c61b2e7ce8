import { z } from 'zod'

export const outlierOptions = z.strictObject({
  trees: z.int().min(10).max(1000).default(100).describe('trees in each forest'),
  subsample: z.int().min(16).max(4096).default(256).describe('rows that each tree is grown on (ψ of the paper)'),
  dimensions: z
    .int()
    .min(0)
    .max(256)
    .default(32)
    .describe('principal directions of the embeddings that are kept; 0 leaves embeddings out'),
  ordinaryRows: z.number().gt(0).max(1).default(0.1).describe('ordinary rows that may be expected among those listed'),
  maxShare: z.number().gt(0).max(0.1).default(0.005).describe('most rows of a class that may be listed, as a share of it'),
})

export type OutlierOptions = z.output<typeof outlierOptions>
