import type { CallProblemCode } from '@volley/shared/run/problem.ts'

/** Why an MCP server could not do what was asked: a sentence for the model and for people. */
export class McpFault extends Error {
  override name = 'McpFault'
  code: CallProblemCode
  retry: boolean
  /** The server is gone or no longer knows its session: the next call needs a new one. */
  sessionLost: boolean
  /** It only forgot its session, and so did nothing: asking again in a new one repeats nothing. */
  sessionForgotten: boolean

  constructor(
    code: CallProblemCode,
    message: string,
    { retry = false, sessionLost = false, sessionForgotten = false } = {},
  ) {
    super(message)
    this.code = code
    this.retry = retry
    this.sessionLost = sessionLost
    this.sessionForgotten = sessionForgotten
  }
}
