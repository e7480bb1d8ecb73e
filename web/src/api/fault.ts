import type { ApiError, ApiErrorCode } from '@volley/shared/api.ts'
import type { Problem } from '@volley/shared/flow/problem.ts'

/** Why the server did not do what was asked. `status` is 0 when no answer came at all. */
export interface ApiFault {
  status: number
  code: ApiErrorCode | 'offline'
  message: string
  problems: Problem[]
}

/** The fault when no answer came: the server is not running, or the connection broke. */
export const OFFLINE: ApiFault = {
  status: 0,
  code: 'offline',
  message: 'The server does not answer. See whether it is still running in its terminal; what you typed is kept here.',
  problems: [],
}

/** The fault that an answer's status and body stand for. A body that is not ours still gives a sentence. */
export function faultOf(status: number, body: unknown): ApiFault {
  const error = isApiError(body) ? body.error : null
  const code = error?.code ?? codeOfStatus(status)
  if (status === 401) return { status, code, message: SIGN_IN, problems: [] }
  return {
    status,
    code,
    message: error?.message ?? `The server answered with status ${status}. Its log says more.`,
    problems: error?.problems ?? [],
  }
}

/** The fault in one sentence, with the first problems named where the server listed them. */
export function sentenceOf(fault: ApiFault): string {
  if (fault.problems.length === 0) return fault.message
  const [first, ...rest] = fault.problems
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`
  return `${fault.message} ${first?.pointer ? `${first.pointer}: ` : ''}${first?.message}${more}`
}

const SIGN_IN =
  'This browser is not signed in to the server. Open the address again that the server printed when it started: it carries the token.'

const STATUS_CODES: Record<number, ApiErrorCode> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  412: 'precondition_failed',
  413: 'too_large',
  415: 'unsupported_media_type',
  422: 'unprocessable',
  429: 'too_many_requests',
  503: 'unavailable',
}

function codeOfStatus(status: number): ApiErrorCode {
  return STATUS_CODES[status] ?? (status < 500 ? 'bad_request' : 'internal')
}

function isApiError(body: unknown): body is ApiError {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false
  const { error } = body
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
}
