import { z } from 'zod'

export const gibberishOptions = z.strictObject({
  highRows: z.int().min(3).default(8).describe('rows with gibberish after one phrase from which a finding is high, not medium'),
  tailRows: z
    .int()
    .min(2)
    .default(5)
    .describe('rows that end in random characters, without a phrase in common, from which a finding is medium'),
})

export type GibberishOptions = z.output<typeof gibberishOptions>
