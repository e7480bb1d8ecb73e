import type { Execution } from './check.ts'
import type { Used } from './meter.ts'
import type { Job, Mode } from './plan.ts'

/** How one run ended, seen by whoever started it. */
export interface Outcome {
  elapsedMs: number
  /** The final text; null when the run failed. */
  answer: string | null
  /** Why it failed. */
  error?: string
  /** How timers as tools were executed. */
  executions: Execution[]
}

/** Something that runs an agent: Volley, or one of its peers, in a process of its own. */
export interface System {
  name: string
  mode: Mode
  /** Makes ready for the runs of a job, outside what is timed. */
  prepare(job: Job): Promise<void>
  /** Runs these keys of the prepared job all at once. */
  run(keys: string[]): Promise<Outcome[]>
  meter: { begin(options: { collect: boolean }): Promise<void>; end(): Promise<Used> }
  stop(): Promise<void>
}
