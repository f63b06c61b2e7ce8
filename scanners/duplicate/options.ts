import { z } from 'zod'

const share = (): z.ZodNumber => z.number().min(0).max(1)

export const duplicateOptions = z.strictObject({
  near: share().min(0.5).default(0.8).describe('Jaccard similarity of word pairs from which rows are near duplicates'),
  frame: share().min(0.3).default(0.5).describe('Jaccard similarity from which rows are of one frame'),
  minWords: z.int().min(1).max(1000).default(4).describe('rows of fewer words are not compared'),
  frameRows: z.int().min(3).default(20).describe('different texts of one frame from which it is a template or a flood'),
  share: share().default(0.01).describe('share of rows from which duplicates and conflicts are low, not info'),
  templateShare: share().default(0.2).describe('share of rows from which a template is low, not info'),
  leakShare: share().default(0.01).describe('share of held-out rows from which a leak is medium, not low'),
  maxKeys: z
    .int()
    .min(1024)
    .default(2 ** 22)
    .describe('different band keys that are counted'),
  maxTexts: z.int().min(100).default(100_000).describe('different texts that are compared'),
  maxRows: z.int().min(1).default(10_000).describe('rows listed in one finding'),
})

export type DuplicateOptions = z.output<typeof duplicateOptions>
