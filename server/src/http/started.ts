import type { RunStarted } from '@volley/shared/api.ts'
import type { Result } from '@volley/shared/lib/result.ts'
import type { Context } from 'hono'
import type { StartFault } from '../starts/startRun.ts'
import { ApiProblem } from './problems.ts'

/** The id of a run that was begun; throws what is wrong with the request. */
export function begun(run: Result<string, StartFault>): string {
  if (!run.ok) throw new ApiProblem(run.error.code, run.error.message, run.error.problems)
  return run.value
}

/** 202 for a run that goes on by itself. */
export const accepted = (c: Context, runId: string) => c.json<RunStarted, 202>({ runId }, 202)
