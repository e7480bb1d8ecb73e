import { consoleSchema } from '@volley/shared/run/events.ts'
import { z } from 'zod'
import type { FromWorker } from './protocol.ts'

const count = z.number().int().min(0)
const fault = z.object({
  message: z.string().max(10_000),
  place: z.object({ line: count, column: count }).nullable(),
})
const ending = z.discriminatedUnion('is', [
  z.object({ is: z.literal('result'), json: z.string() }),
  z.object({ is: z.literal('threw'), fault }),
  z.object({ is: z.literal('too large'), bytes: count }),
  z.object({ is: z.enum(['timeout', 'memory', 'recursion', 'endless', 'crashed']) }),
  z.object({ is: z.literal('checked'), problem: fault.nullable() }),
])
const message = z.discriminatedUnion('is', [
  z.object({ is: z.literal('ready') }),
  z.object({ is: z.literal('waiting') }),
  z.object({
    is: z.literal('fetch'),
    fetch: count,
    request: z.object({
      url: z.string(),
      method: z.string(),
      headers: z.record(z.string(), z.string()),
      body: z.string().nullable(),
    }),
  }),
  z.object({
    is: z.literal('done'),
    report: z.object({ ending, console: consoleSchema.max(10_000), spoiled: z.boolean() }),
  }),
])

/** Reads what a sandbox process says; null when it is nothing that one of ours would say. */
export function readWorkerMessage(said: unknown): FromWorker | null {
  const parsed = message.safeParse(said)
  return parsed.success ? parsed.data : null
}
