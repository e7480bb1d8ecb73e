import type { CaseScore, ScoredRun } from '@volley/shared/evals/caseScore.ts'
import { failedScore, type ScorePorts, scoreCase } from '@volley/shared/evals/scoreCase.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import type { RunState } from '@volley/shared/run/state.ts'

/** One run of a case: what it was worth, and the run itself, where it could begin. */
export interface PlayedCase extends ScoredRun {
  run: RunState | null
  /** Why it did not succeed. */
  error: string | null
}

/** A case that is to be run once. */
export interface Job {
  one: TestCase
  /** From 1. */
  repeat: number
}

export interface PlayNeeds<Work extends Job> {
  /** So many runs go on at the same time, at most. */
  concurrency: number
  play(job: Work, signal: AbortSignal): Promise<RunState>
  ports: Omit<ScorePorts, 'verdicts'>
  /** Asks the judges that the case wants about a run that succeeded; throws when one gives no verdict. */
  judge(one: TestCase, run: RunState, signal: AbortSignal): Promise<NonNullable<ScorePorts['verdicts']>>
  /** Once aborted, runs that go on are cancelled, and no other begins. */
  signal: AbortSignal
  /** What it keeps is waited for. */
  onPlayed(played: PlayedCase, job: Work): void | Promise<void>
}

/** All cases once, then all again: what an early end leaves behind is even over the cases. */
export function jobsOf(cases: readonly TestCase[], repeats: number): Job[] {
  return Array.from({ length: repeats }, (_, at) => cases.map((one) => ({ one, repeat: at + 1 }))).flat()
}

/** Plays every job, in their order. A run that fails, cannot begin or cannot be judged costs that run alone. Gives them in the order they ended. */
export async function playJobs<Work extends Job>(open: readonly Work[], needs: PlayNeeds<Work>): Promise<PlayedCase[]> {
  const { concurrency, signal, onPlayed } = needs
  const played: PlayedCase[] = []
  let next = 0
  const work = async () => {
    for (let job = open[next++]; job && !signal.aborted; job = open[next++]) {
      const result = await playOne(job, needs)
      if (signal.aborted && result.score.status !== 'succeeded') return
      played.push(result)
      await onPlayed(result, job)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, open.length) }, work))
  return played
}

async function playOne<Work extends Job>(
  job: Work,
  { play, judge, ports, signal }: PlayNeeds<Work>,
): Promise<PlayedCase> {
  const { one, repeat } = job
  const scored = (score: CaseScore, run: RunState | null, error: string | null) => ({
    caseId: one.id,
    repeat,
    score,
    run,
    error,
  })
  let run: RunState | null = null
  try {
    run = await play(job, signal)
    const verdicts = run.status === 'succeeded' ? await judge(one, run, signal) : new Map()
    return scored(scoreCase(one, run, { ...ports, verdicts }), run, run.error?.message ?? null)
  } catch (fault) {
    return scored(failedScore(one), run, fault instanceof Error ? fault.message : String(fault))
  }
}
