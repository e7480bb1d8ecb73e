import { z } from 'zod'

/** How long runs are kept; null: for ever. Finished runs alone are deleted. */
export const retentionSchema = z.strictObject({
  /** Days since a run ended. */
  days: z.number().int().min(1, 'it must be at least 1 day').max(36_500, 'it must be at most 36500 days').nullable(),
  /** The newest finished runs that are kept. */
  runs: z.number().int().min(1, 'it must be at least 1 run').max(10_000_000, 'it must be at most 10000000').nullable(),
})
export type Retention = z.output<typeof retentionSchema>

export interface RetentionPreview {
  /** How many runs would be deleted now. */
  deletes: number
  /** How many finished runs there are. */
  finished: number
}
