import type { Execution } from './check.ts'
import type { Job, Mode, Pace, Plan } from './plan.ts'

/** One run as the outside world sees it. */
export interface RunLog {
  plan: Plan
  pace: Pace
  mode: Mode
  requests: number
  /** How the tools over HTTP were called. */
  executions: Execution[]
  /** What the last request gave back to the model, in its order. */
  returned: { n: number; text: string }[]
  /** When the last byte of each call's arguments left, on the clock of the executions. */
  writtenAt: Record<number, number>
}

/** The runs that model and tools play a part in, each under its key. */
export function createJobs() {
  const runs = new Map<string, RunLog>()
  return {
    add({ job, mode }: { job: Job; mode: Mode }): void {
      const { plan, pace } = job
      for (const key of job.keys)
        runs.set(key, { plan, pace, mode, requests: 0, executions: [], returned: [], writtenAt: {} })
    },
    find: (key: string) => runs.get(key),
    /** Gives what happened in a run, and forgets it. */
    take(key: string): RunLog {
      const run = runs.get(key)
      if (!run) throw new Error(`there is no run ${key}`)
      runs.delete(key)
      return run
    },
  }
}

export type Jobs = ReturnType<typeof createJobs>
