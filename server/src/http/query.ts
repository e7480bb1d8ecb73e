import type { Context } from 'hono'
import { z } from 'zod'
import { ApiProblem } from './problems.ts'

/** Reads the query by a schema; an unknown or empty parameter is passed over, a wrong one named. */
export function readQuery<Schema extends z.ZodType>(c: Context, schema: Schema): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ApiProblem('unprocessable', `"${issue?.path.join('.')}" in the address is wrong: ${issue?.message}.`)
}

/** `limit`, with what is taken without one and at most. */
export const limitOf = (usual: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'it must be a whole number')
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= most, `it must be from 1 to ${most}`)
    .default(usual)

/** A version of a flow, as addresses name it. */
export const versionNumber = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'it must be the number of a version')
  .transform(Number)

/** A cursor: where a list goes on, in a form that no one needs to read. */
export const cursorOf = <Place>(place: z.ZodType<Place>) =>
  z.string().transform((text, context): Place => {
    try {
      return place.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    } catch {
      context.addIssue({ code: 'custom', message: 'it must be a cursor that a list gave' })
      return z.NEVER
    }
  })

export function cursorTo(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}
