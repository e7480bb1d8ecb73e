import type { RunStatus } from '../run/events.ts'
import type { RunState } from '../run/state.ts'
import { numbersOf } from '../trace/numbers.ts'
import { verdictOfRun } from './bfcl/runVerdict.ts'
import type { Verdict } from './bfcl/verdict.ts'
import { type AnswerPorts, checkAnswer } from './checkAnswer.ts'
import { matchCalls } from './matchCalls.ts'
import { type CallScore, NO_AGREEMENT, scoreCalls } from './scoreCalls.ts'
import { scoreOrder } from './scoreOrder.ts'
import { scoreTurns, type TurnScore } from './scoreTurns.ts'
import type { AnswerCheck, TestCase } from './testCase.ts'

/** What one run of a case is worth. Null: the case does not ask for it, or it cannot be said. */
export interface CaseScore {
  status: RunStatus
  /** Whether the run succeeded and all that the case asks for holds; an unasked judge is not held against it. */
  passed: boolean
  /** Of a run that did not succeed: no agreement at all. */
  calls: CallScore | null
  /** Kept pairs of the expected order, from 0 to 1. */
  order: number | null
  sharing: TurnScore | null
  /** By check of the case. */
  answer: (boolean | null)[]
  bfcl: Verdict | null
  /** What the run took; null where it did not succeed: a run that fails at once is not a fast one. */
  took: RunCosts | null
}

export interface RunCosts {
  turns: number
  /** Mean over the turns with calls; null where there is none. */
  callsPerTurn: number | null
  latencyMs: number
  inputTokens: number
  outputTokens: number
  costUsd: number | null
}

export interface ScorePorts extends AnswerPorts {
  /** What judges said, by check. */
  verdicts?: ReadonlyMap<AnswerCheck, boolean>
}

/** Scores a finished run of a case. */
export function scoreCase(one: TestCase, run: RunState, ports: ScorePorts): CaseScore {
  if (run.status !== 'succeeded') return failedScore(one, run.status)
  const wanted = one.expected.calls
  const match = wanted ? matchCalls(run, one.expected, { by: 'call' }) : null
  const score = {
    status: run.status,
    calls: scoreCalls(run, one.expected),
    order: match && wanted ? scoreOrder(match, wanted) : null,
    sharing: match && wanted ? scoreTurns(match, wanted) : null,
    answer: checkAnswer(run.output, one.expected.answer ?? [], ports, ports.verdicts),
    bfcl: verdictOfRun(one, run),
    took: costsOf(run),
  }
  return { ...score, passed: isPassed(score) }
}

/** The score of a case whose run did not succeed, or could not begin. */
export function failedScore({ expected }: TestCase, status: RunStatus = 'failed'): CaseScore {
  const calls = expected.calls
    ? { byName: NO_AGREEMENT, byCall: NO_AGREEMENT, skipped: [], extra: [], forbidden: [] }
    : null
  const answer = (expected.answer ?? []).map(() => false)
  return { status, passed: false, calls, order: null, sharing: null, answer, bfcl: null, took: null }
}

/** A case of the leaderboard passes by the leaderboard's verdict. Turns may be shared badly in a case that passes, but for what must share one. */
function isPassed({ calls, order, sharing, answer, bfcl }: Omit<CaseScore, 'passed'>): boolean {
  const areCallsRight = bfcl ? bfcl.valid : calls === null || calls.byCall.f1 === 1
  return (
    areCallsRight &&
    (order === null || order === 1) &&
    (sharing === null || sharing.apart.length === 0) &&
    answer.every((holds) => holds !== false)
  )
}

function costsOf(run: RunState): RunCosts {
  const { elapsedMs, callsPerTurn } = numbersOf(run, run.at)
  return {
    turns: run.turns.length,
    callsPerTurn,
    latencyMs: elapsedMs,
    inputTokens: run.usage.inputTokens,
    outputTokens: run.usage.outputTokens,
    costUsd: run.costUsd,
  }
}
