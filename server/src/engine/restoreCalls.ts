import { isRepeatable } from '@volley/shared/flow/defaults.ts'
import type { PlanGraph } from '@volley/shared/plan/planGraph.ts'
import { NO_REFERENCES } from '@volley/shared/plan/reference.ts'
import type { Move, VolleyPlan } from '@volley/shared/plan/volleyPlan.ts'
import type { CallProblem } from '@volley/shared/run/problem.ts'
import type { CallState, RunState, TurnState } from '@volley/shared/run/state.ts'
import { type Call, callFromLog } from './call.ts'
import { INTERRUPTED } from './callProblems.ts'
import type { MessageCalls } from './messageCalls.ts'
import type { Places } from './places.ts'
import type { Sharing } from './sharing.ts'
import { endedWell } from './stopReasons.ts'

export interface Restoring {
  graph: PlanGraph
  /** Of the message that was open, and of everything else. */
  plan: VolleyPlan
  leftovers: VolleyPlan
  message: MessageCalls
  sharing: Sharing
  places: Places
  add(call: Call): Call
  fail(call: Call, error: CallProblem): void
}

/**
 * Takes up the calls of a run from its log, and gives what follows from them. Those of an open turn go on: one that was running is executed
 * again when its tool is repeatable, else it fails as interrupted, since nobody knows what it did. Where the message had ended the others go by
 * the plan; where it had not, the turn is broken.
 */
export function restoreCalls(run: RunState, restoring: Restoring): Move[] {
  const { plan, leftovers, message, places, graph, add, fail } = restoring
  const { openTurn, goesByPlan, goesOn } = standOf(run)
  const isOpen = (call: number) => openTurn?.calls.includes(call) ?? false
  for (const turn of run.turns) if (turn !== openTurn) for (const call of turn.calls) message.see(call)
  message.begin({})
  const calls = run.calls.map((state) => {
    const call = add(callFromLog(state, isOpen(state.call) ? plan : leftovers))
    const tool = graph.tools.get(state.tool)
    if (tool && call.startedAt !== null) restoring.sharing.remember(call, tool)
    if (isOpen(state.call)) emitAgain(call, state, restoring)
    // What a call of a broken try referred to is gone from sight; the log has its arguments as they were resolved.
    else if (state.turn === openTurn?.turn && tool && call.arguments)
      call.readable = { tool, arguments: call.arguments, references: NO_REFERENCES }
    return call
  })
  for (const call of goesOn ? calls : []) {
    if (call.ending || call.startedAt === null) continue
    if (!call.readable || !isRepeatable(call.readable.tool)) fail(call, INTERRUPTED)
    else if (!goesByPlan || !isOpen(call.number)) places.want(call)
  }
  return goesByPlan ? plan.close() : []
}

/** How far the run was: the turn that had not finished, and what becomes of its calls. */
function standOf(run: RunState): { openTurn: TurnState | undefined; goesByPlan: boolean; goesOn: boolean } {
  const last = run.turns.at(-1)
  const openTurn = last?.finishedAt === null ? last : undefined
  const stopReason = openTurn?.stopReason ?? null
  const goesByPlan = stopReason !== null && endedWell(stopReason)
  // A filter or a refusal ends the run, whatever its calls were doing.
  return { openTurn, goesByPlan, goesOn: goesByPlan || stopReason === null || stopReason === 'length' }
}

function emitAgain(call: Call, state: CallState, { message, plan }: Restoring) {
  const read = message.read({ tool: state.tool, argumentsText: JSON.stringify(state.emittedArguments) })
  if (read.ok) call.readable = read.value
  message.see(call.number)
  plan.emit(
    { call: call.number, tool: state.tool, references: call.readable?.references.calls ?? [] },
    { mayStartEarly: false },
  )
  if (call.ending) plan.settle(call.number, call.ending)
}
