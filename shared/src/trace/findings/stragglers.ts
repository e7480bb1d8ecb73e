import { isRepeatable } from '../../flow/defaults.ts'
import type { CallState, TurnState } from '../../run/state.ts'
import type { Cure } from './cure.ts'
import type { Finding } from './finding.ts'
import { isReading } from './isReading.ts'
import type { TraceFacts } from './traceFacts.ts'
import { seconds } from './words.ts'

/** One call that holds its turn: everything else had ended, and it took far longer than the others. */
export function stragglers(facts: TraceFacts): Finding[] {
  return facts.run.turns.flatMap((turn) => {
    const found = stragglerOf(turn, facts)
    if (!found) return []
    const { call, usualMs } = found
    const costMs = Math.round(facts.gain({ durations: new Map([[call.call, usualMs]]) }))
    if (costMs < LEAST_MS) return []
    const early = earlyStart(call, facts)
    return [
      {
        code: 'straggler',
        message: `${call.tool} #${call.call} took ${seconds(call.durationMs ?? 0)}, the other calls of turn ${turn.turn} ${seconds(usualMs)}: the turn waited for it alone.`,
        calls: [call.call],
        costMs,
        savesMs: early?.savesMs ?? costMs,
        lostTokens: 0,
        advice: early
          ? `${call.tool} only reads, and does not say so: with "readOnlyHint" it may start while the model still writes, and this run ends ${seconds(early.savesMs)} sooner.`
          : `Make ${call.tool} quicker or lower its time limit; had it been as quick as the others, this run would have ended ${seconds(costMs)} sooner.`,
        evidence: { turn: turn.turn, durationMs: Math.round(call.durationMs ?? 0), usualMs: Math.round(usualMs) },
        ...(early ? { cure: early.cure } : {}),
      },
    ]
  })
}

const LEAST_MS = 50
const LEAST_CALLS = 3
const TIMES_USUAL = 2.5
/** Of the time in which the turn's calls ran, so much the one ran alone. */
const SHARE_ALONE = 0.3

/** What it gains to let a tool that reads start before the message has ended. */
function earlyStart(call: CallState, facts: TraceFacts): { cure: Cure; savesMs: number } | null {
  const tool = facts.tools.get(call.tool)
  if (!tool || !isReading(tool) || isRepeatable(tool)) return null
  const cure: Cure = { change: 'set_hint', tool: tool.name, hint: 'readOnlyHint', value: true }
  const savesMs = Math.round(facts.gainOf(cure))
  return savesMs >= LEAST_MS ? { cure, savesMs } : null
}

function stragglerOf(turn: TurnState, facts: TraceFacts): { call: CallState; usualMs: number } | null {
  const ran = facts
    .callsOf(turn)
    .filter((call) => call.startedAt !== null && call.durationMs !== null && call.coalescedWith === undefined)
  if (ran.length < LEAST_CALLS) return null
  const last = ran.reduce((one, other) => ((other.finishedAt ?? 0) > (one.finishedAt ?? 0) ? other : one))
  const others = ran.filter((call) => call !== last)
  const usualMs = median(others.map((call) => call.durationMs ?? 0))
  const begun = Math.min(...ran.map((call) => call.startedAt ?? 0))
  const end = last.finishedAt ?? 0
  const aloneMs = end - Math.max(last.startedAt ?? 0, ...others.map((call) => call.finishedAt ?? 0))
  const isSlow =
    (last.durationMs ?? 0) >= TIMES_USUAL * usualMs &&
    others.every((call) => (call.durationMs ?? 0) * 1.5 <= (last.durationMs ?? 0))
  return isSlow && last.attempts.length <= 1 && aloneMs >= LEAST_MS && aloneMs >= SHARE_ALONE * (end - begun)
    ? { call: last, usualMs }
    : null
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
