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

export interface PlayNeeds {
  repeats: number
  /** So many runs go on at the same time, at most. */
  concurrency: number
  play(one: TestCase, signal: AbortSignal): Promise<RunState>
  ports: Omit<ScorePorts, 'verdicts'>
  /** Asks the judges that the case wants about a run that succeeded; throws when one gives no verdict. */
  judge(one: TestCase, run: RunState, signal: AbortSignal): Promise<NonNullable<ScorePorts['verdicts']>>
  /** Once aborted, runs that go on are cancelled, and no other begins. */
  signal: AbortSignal
  onPlayed(played: PlayedCase): void
}

/** Plays every case as often as asked. A run that fails, cannot begin or cannot be judged costs that run alone. In the order they ended. */
export async function playCases(cases: readonly TestCase[], needs: PlayNeeds): Promise<PlayedCase[]> {
  const { repeats, concurrency, signal, onPlayed } = needs
  // All cases once, then all again: what an early end leaves behind is even over the cases.
  const open = Array.from({ length: repeats }, (_, at) => cases.map((one) => ({ one, repeat: at + 1 }))).flat()
  const played: PlayedCase[] = []
  let next = 0
  const work = async () => {
    for (let job = open[next++]; job && !signal.aborted; job = open[next++]) {
      const result = await playOne(job.one, job.repeat, needs)
      if (signal.aborted && result.run?.status !== 'succeeded') return
      played.push(result)
      onPlayed(result)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, open.length) }, work))
  return played
}

async function playOne(one: TestCase, repeat: number, { play, judge, ports, signal }: PlayNeeds): Promise<PlayedCase> {
  const scored = (score: CaseScore, run: RunState | null, error: string | null) => ({
    caseId: one.id,
    repeat,
    score,
    run,
    error,
  })
  try {
    const run = await play(one, signal)
    const verdicts = run.status === 'succeeded' ? await judge(one, run, signal) : new Map()
    return scored(scoreCase(one, run, { ...ports, verdicts }), run, run.error?.message ?? null)
  } catch (fault) {
    return scored(failedScore(one), null, fault instanceof Error ? fault.message : String(fault))
  }
}
