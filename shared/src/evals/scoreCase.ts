import type { RunStatus } from '../run/events.ts'
import type { RunState } from '../run/state.ts'
import { numbersOf } from '../trace/numbers.ts'
import { verdictOfRun } from './bfcl/runVerdict.ts'
import type { CaseScore, RunCosts } from './caseScore.ts'
import { type AnswerPorts, checkAnswer } from './checkAnswer.ts'
import { matchCalls } from './matchCalls.ts'
import { NO_AGREEMENT, scoreCalls } from './scoreCalls.ts'
import { scoreOrder } from './scoreOrder.ts'
import { scoreTurns } from './scoreTurns.ts'
import type { AnswerCheck, TestCase } from './testCase.ts'

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
