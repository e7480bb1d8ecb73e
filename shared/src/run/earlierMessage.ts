import { z } from 'zod'

/** One thing that was said before a run. Calls and results of earlier runs are no part of it: the agent's words are. */
export const earlierMessageSchema = z.strictObject({ role: z.enum(['user', 'assistant']), text: z.string().min(1) })
export type EarlierMessage = z.output<typeof earlierMessageSchema>

/** What was said before: user and agent in turn, beginning with the user and ending with the agent. */
export const earlierMessagesSchema = z
  .array(earlierMessageSchema)
  .max(1000)
  .refine(
    (messages) => messages.length % 2 === 0 && messages.every(({ role }, at) => (role === 'user') === (at % 2 === 0)),
    { error: 'must be what user and assistant said in turn, beginning with the user and ending with the assistant' },
  )
