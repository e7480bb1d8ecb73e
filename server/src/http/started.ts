import type { RunStarted } from '@volley/shared/api.ts'
import type { Result } from '@volley/shared/lib/result.ts'
import type { Context } from 'hono'
import type { StartFault } from '../starts/startRun.ts'
import { ApiProblem } from './problems.ts'

/** What was begun, as the id of a run; throws what is wrong with the request. */
export function begun<Value>(start: Result<Value, StartFault>): Value {
  if (!start.ok) throw new ApiProblem(start.error.code, start.error.message, start.error.problems)
  return start.value
}

/** 202 for a run that goes on by itself. */
export const accepted = (c: Context, runId: string) => c.json<RunStarted, 202>({ runId }, 202)
