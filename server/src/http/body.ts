import { MOST_BYTES, MOST_LEVELS } from '@volley/shared/flow/parse.ts'
import type { Problem } from '@volley/shared/flow/problem.ts'
import { isDeeperThan, jsonPointer } from '@volley/shared/lib/json.ts'
import type { Context, MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import { ApiProblem } from './problems.ts'

/** Refuses a body that is not `application/json`, on every path: no form of another page can send that. */
export const requireJson: MiddlewareHandler = async (c, next) => {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && hasBody(c) && !isJson(c.req.header('content-type') ?? ''))
    throw new ApiProblem(
      'unsupported_media_type',
      'The body must be JSON: send it with "Content-Type: application/json".',
    )
  return next()
}

/** Reads the body as a value of the schema. Every fault is reported, an unknown key by its own pointer. */
export async function readBody<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.output<Schema>> {
  // The document stands one level down in a body that carries more than it.
  const parsed = schema.safeParse(await readJson(c, { levels: MOST_LEVELS + 1, bytes: MOST_BYTES + WRAPPER_BYTES }))
  if (parsed.success) return parsed.data
  const problems = problemsOf(parsed.error.issues)
  throw new ApiProblem('unprocessable', `The body is not as it should be: ${problems[0]?.message ?? ''}`, problems)
}

/** Reads the body as JSON of at most 5 MB and so many levels; refuses a larger one while it still comes. */
export async function readJson(c: Context, most = { levels: MOST_LEVELS, bytes: MOST_BYTES }): Promise<unknown> {
  const text = await readText(c, most.bytes)
  if (isDeeperThan(text, most.levels))
    throw new ApiProblem(
      'bad_request',
      `The body is nested deeper than ${MOST_LEVELS} levels: flatten what lies inside.`,
    )
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ApiProblem('bad_request', `The body is no JSON: ${(error as Error).message}.`)
  }
}

/** What a body may carry beside a document of full size: the input, variables, overrides. */
const WRAPPER_BYTES = 1_000_000

/**
 * A client that is still sending sees a torn connection and not the answer, when that comes too soon: so what is too large is read to
 * its end and thrown away, up to here.
 */
const MOST_DISCARDED = 64_000_000

async function readText(c: Context, mostBytes: number): Promise<string> {
  const tooLarge = new ApiProblem(
    'too_large',
    `The body is larger than 5 MB: split it, or take large results out of it.`,
  )
  if (Number(c.req.header('content-length') ?? 0) > MOST_DISCARDED) throw tooLarge
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength
    if (size <= mostBytes) chunks.push(chunk)
    else chunks.length = 0
    if (size > MOST_DISCARDED) break
  }
  if (size > mostBytes) throw tooLarge
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new ApiProblem('bad_request', 'The body is not UTF-8.')
  }
}

function hasBody(c: Context): boolean {
  const length = c.req.header('content-length')
  if (length !== undefined) return length !== '0'
  if (c.req.header('transfer-encoding') !== undefined) return true
  return c.req.header('content-type') !== undefined && c.req.raw.body !== null
}

function isJson(contentType: string): boolean {
  return contentType.split(';')[0]?.trim().toLowerCase() === 'application/json'
}

function problemsOf(issues: readonly z.core.$ZodIssue[]): Problem[] {
  return issues.flatMap((issue): Problem[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          pointer: jsonPointer([...issue.path, key]),
          message: `There is no "${key}" here: remove it.`,
        }))
      : [{ pointer: jsonPointer(issue.path), message: `${issue.message} (${jsonPointer(issue.path) || 'the body'}).` }],
  )
}
