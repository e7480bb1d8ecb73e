import { RUN_STATUSES } from '@volley/shared/run/statuses.ts'
import { FINDING_CODES } from '@volley/shared/trace/findings/finding.ts'
import { z } from 'zod'
import { versionNumber } from './query.ts'

const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'it must be a moment such as 2026-11-28T04:00:00Z')
  .transform((text) => new Date(text).toISOString())

/** The parts of an address that say which runs are meant; see `RunFilter`. */
export const runFilterQuery = {
  flowId: z.string().optional(),
  flowName: z.string().optional(),
  version: versionNumber.optional(),
  status: z.enum(RUN_STATUSES, `it must be one of ${RUN_STATUSES.join(', ')}`).optional(),
  model: z.string().optional(),
  tool: z.string().optional(),
  finding: z.enum(FINDING_CODES, `it must be one of ${FINDING_CODES.join(', ')}`).optional(),
  from: moment.optional(),
  to: moment.optional(),
  evalId: z.string().optional(),
}
