import { tryToolSchema } from '@volley/shared/api.ts'
import { Hono } from 'hono'
import type { createStarts } from '../starts/startOnce.ts'
import { placeInTrial, trialOf } from '../starts/tryTool.ts'
import { readBody } from './body.ts'
import { ApiProblem } from './problems.ts'
import { accepted } from './started.ts'
import { startKeyOf } from './startKey.ts'

/** `POST /tools/try`: one tool alone. It is a run like any other, whose record tells what went out and what came back. */
export function toolRoutes({ start }: ReturnType<typeof createStarts>) {
  return new Hono().post('/try', async (c) => {
    const run = await start(trialOf(await readBody(c, tryToolSchema)), startKeyOf(c))
    if (run.ok) return accepted(c, run.value)
    const problems = run.error.problems?.map(({ pointer, message }) => ({ pointer: placeInTrial(pointer), message }))
    throw new ApiProblem(
      run.error.code,
      run.error.code === 'unprocessable' ? 'The tool cannot be tried as it is.' : run.error.message,
      problems,
    )
  })
}
