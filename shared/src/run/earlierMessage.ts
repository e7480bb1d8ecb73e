import { z } from 'zod'

/** One thing that was said before a run. Calls and results of earlier runs are no part of it: the agent's words are. */
export const earlierMessageSchema = z.strictObject({ role: z.enum(['user', 'assistant']), text: z.string().min(1) })
export type EarlierMessage = z.output<typeof earlierMessageSchema>
