import { approvalMsOf } from '../recordedTurns.ts'
import type { Finding } from './finding.ts'
import { isReading } from './isReading.ts'
import type { TraceFacts } from './traceFacts.ts'
import { numbered, seconds } from './words.ts'

/** The run stood still until a person had decided. */
export function approvalStalls(facts: TraceFacts): Finding[] {
  const { run, tools } = facts
  const waited = run.calls.flatMap((call) => {
    const turn = run.turns[call.turn - 1]
    const ms = turn ? approvalMsOf(run, turn, call) : 0
    return ms > 0 ? [{ call, ms }] : []
  })
  if (waited.length === 0) return []
  const savesMs = Math.round(facts.gain({ unattended: true }))
  if (savesMs < Math.max(LEAST_MS, LEAST_SHARE * run.at)) return []
  const calls = waited.map(({ call }) => call.call)
  const reading = waited.find(({ call }) => {
    const tool = tools.get(call.tool)
    return tool !== undefined && isReading(tool)
  })
  return [
    {
      code: 'approval_stall',
      message: `${numbered(calls)} waited up to ${seconds(Math.max(...waited.map(({ ms }) => ms)))} for an approval, and the run with ${calls.length === 1 ? 'it' : 'them'}.`,
      calls,
      costMs: savesMs,
      savesMs,
      lostTokens: 0,
      advice: reading
        ? `${reading.call.tool} only reads: it needs no approval.`
        : 'Ask for approval of what cannot be undone alone, or let other work go on meanwhile: only dependents of such a call need to wait.',
      evidence: { waitedMs: waited.map(({ call, ms }) => ({ call: call.call, ms: Math.round(ms) })) },
      ...(reading ? { cure: { change: 'set_approval', tool: reading.call.tool, approval: 'never' } } : {}),
    },
  ]
}

const LEAST_MS = 200
const LEAST_SHARE = 0.1
