import { limitsOf, policyOf } from '../../flow/defaults.ts'
import type { CallState } from '../../run/state.ts'
import type { Cure } from './cure.ts'
import type { Finding } from './finding.ts'
import type { TraceFacts } from './traceFacts.ts'
import { seconds } from './words.ts'

/** A cap on concurrency that stretched a turn: calls had all they waited for and lacked a place. */
export function concurrencyBound(facts: TraceFacts): Finding[] {
  const { flow, run } = facts
  if (run.parallelism === 'serial') return []
  const found: Finding[] = []
  for (const tool of flow.tools) {
    const cap = policyOf(tool).concurrency
    const most = mostOfOneTurn(run.calls.filter((call) => call.tool === tool.name))
    if (cap >= most) continue
    const cure: Cure = { change: 'raise_policy', tool: tool.name, policy: 'concurrency', value: most }
    const savesMs = facts.gainOf(cure)
    const calls = queued(facts, (call) => call.tool === tool.name)
    if (isMuch(savesMs, facts))
      found.push(finding(`${tool.name} may run ${cap} at once`, cap, most, savesMs, calls, cure))
  }
  const cap = limitsOf(flow.agent).concurrency
  const most = mostOfOneTurn(run.calls)
  if (cap < most) {
    const cure: Cure = { change: 'raise_limit', limit: 'concurrency', value: most }
    const savesMs = facts.gainOf(cure)
    if (isMuch(savesMs, facts))
      found.push(
        finding(
          `This flow may run ${cap} calls at once`,
          cap,
          most,
          savesMs,
          queued(facts, () => true),
          cure,
        ),
      )
  }
  return found
}

const LEAST_MS = 50
const LEAST_SHARE = 0.05
const isMuch = (savesMs: number, { run }: TraceFacts) => savesMs >= Math.max(LEAST_MS, LEAST_SHARE * run.at)

function finding(what: string, cap: number, most: number, savesMs: number, calls: number[], cure: Cure): Finding {
  return {
    code: 'concurrency_bound',
    message: `${what}, and ${most} were asked for in one turn: ${calls.length === 1 ? 'one call' : `${calls.length} calls`} stood ready and lacked a place.`,
    calls,
    costMs: Math.round(savesMs),
    savesMs: Math.round(savesMs),
    lostTokens: 0,
    advice: `Raise the cap to ${most}, where the service behind it allows that: this run then ends ${seconds(savesMs)} sooner.`,
    evidence: { cap, asked: most },
    cure,
  }
}

function mostOfOneTurn(calls: readonly CallState[]): number {
  return Math.max(
    0,
    ...[
      ...Map.groupBy(
        calls.filter((call) => call.startedAt !== null),
        (call) => call.turn,
      ).values(),
    ].map((group) => group.length),
  )
}

/** The calls that had all they waited for and stood in line all the same. */
function queued({ run }: TraceFacts, counts: (call: CallState) => boolean): number[] {
  return run.calls.flatMap((call) => {
    const turn = run.turns[call.turn - 1]
    if (!counts(call) || call.startedAt === null || !turn) return []
    const ends = call.waitsFor.map((number) => run.calls[number - 1]?.finishedAt ?? 0)
    const ready = Math.max(call.eager ? call.emittedAt : (turn.messageFinishedAt ?? 0), ...ends)
    return call.startedAt - ready >= 10 ? [call.call] : []
  })
}
