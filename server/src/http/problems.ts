import { randomUUID } from 'node:crypto'
import { API_ERROR_CODES, type ApiError, type ApiErrorCode } from '@volley/shared/api.ts'
import type { Problem } from '@volley/shared/flow/problem.ts'
import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Logger } from '../log.ts'
import { StoreFault } from '../store/storeFault.ts'

/** An expected fault of a request; thrown by the HTTP layer alone and answered in one place, `answerProblems`. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  code: ApiErrorCode
  problems: Problem[] | undefined

  constructor(code: ApiErrorCode, message: string, problems?: Problem[]) {
    super(message)
    this.code = code
    this.problems = problems
  }
}

/** The one place that catches. What was expected is answered by its code; anything else by 500 and an id that stands in the log. No answer holds a secret. */
export function answerProblems(log: Logger, hide: <Value>(value: Value) => Value = (value) => value): ErrorHandler {
  return (error, c) => {
    if (error instanceof ApiProblem)
      return answer(c, error.code, hide(error.message), { problems: hide(error.problems) })
    if (error instanceof HTTPException && error.status < 500)
      return answer(c, 'bad_request', 'The request cannot be read.')
    const id = randomUUID()
    log.error({ id, method: c.req.method, path: c.req.path, error: describe(error) }, 'a request failed')
    if (error instanceof StoreFault)
      return answer(c, 'unavailable', `The store cannot do this now: ${error.sentence}.`, { id })
    return answer(c, 'internal', `Something went wrong in the server; its log has the details under ${id}.`, { id })
  }
}

/** The answer for a path or method that does not exist. */
export function notFound(c: Context): Response {
  return answer(c, 'not_found', `There is no ${c.req.method} ${c.req.path}.`)
}

function answer(
  c: Context,
  code: ApiErrorCode,
  message: string,
  { problems, id }: { problems?: Problem[] | undefined; id?: string } = {},
): Response {
  const error: ApiError['error'] = { code, message, ...(problems ? { problems } : {}), ...(id ? { id } : {}) }
  return c.json<ApiError>({ error }, API_ERROR_CODES[code])
}

function describe(error: unknown) {
  if (!(error instanceof Error)) return String(error)
  return { name: error.name, message: error.message, stack: error.stack, cause: String(error.cause ?? '') }
}
