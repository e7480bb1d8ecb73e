import type { MockRun } from '@volley/shared/flow/flow.ts'
import { isEqualJson } from '@volley/shared/lib/json.ts'
import { fillJson, fillText, Overfilled } from '@volley/shared/lib/template.ts'
import type { Clock, ToolOutcome } from '../engine/ports.ts'
import { type Attempt, argumentOf, CANCELLED, toolError } from './outcomes.ts'
import { wait, waitForAbort } from './wait.ts'

/** Plays a tool's part: answers, fails, takes its time or never ends, as the document says (contract 2, `mock`). */
export function createMock(clock: Pick<Clock, 'after'>): Attempt<MockRun> {
  return async ({ run, arguments: given }, signal): Promise<ToolOutcome> => {
    const { result, error, hang, latencyMs = 0 } = outcomeFor(run, given)
    if (hang) await waitForAbort(signal)
    if (latencyMs > 0) await wait(latencyMs, clock, signal)
    if (signal.aborted) return CANCELLED
    const lookup = (name: string) => argumentOf(given, name)
    try {
      if (error !== undefined) return toolError(fillText(error, lookup))
      return { ok: true, result: fillJson(result ?? null, lookup) }
    } catch (fault) {
      if (fault instanceof Overfilled) return toolError(`The mocked result cannot be made. ${fault.message}`)
      throw fault
    }
  }
}

type Outcome = Pick<MockRun, 'result' | 'error' | 'hang' | 'latencyMs'>

/** The first case whose `when` equals the arguments named in it wins; what it leaves open is taken from the tool itself. */
function outcomeFor(run: MockRun, given: Record<string, unknown>): Outcome {
  const found = run.cases?.find(({ when }) =>
    Object.entries(when).every(([name, value]) => Object.hasOwn(given, name) && isEqualJson(given[name], value)),
  )
  if (!found) return run
  const latency = found.latencyMs ?? run.latencyMs
  const says = found.result !== undefined || found.error !== undefined || found.hang !== undefined
  return { ...(says ? found : run), ...(latency === undefined ? {} : { latencyMs: latency }) }
}
