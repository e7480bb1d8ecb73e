import type { Child } from './asking.ts'
import type { RunLog } from './jobs.ts'
import { quantile } from './measure.ts'
import type { Job, Plan } from './plan.ts'
import { startVolley } from './volleySystem.ts'
import type { Format } from './wire.ts'

/** How long after the last byte of its arguments the requests of eager calls arrived at their tool, in milliseconds. */
export interface StartLag {
  format: Format
  calls: number
  medianMs: number
  p95Ms: number
  worstMs: number
  faults: string[]
}

const FORMATS: Format[] = ['openai-chat', 'openai', 'anthropic']
const WARM_UP_RUNS = 3

/** Ten independent, hinted calls over HTTP, written 40 ms apart; model server and tool server share a process, and so a clock. */
const PLAN: Plan = {
  name: 'start-lag',
  edges: 'data',
  calls: Array.from({ length: 10 }, (_, index) => ({ n: index + 1, tool: 'look_up', deps: [], durationMs: 20 })),
}
const PACE = { firstTokenMs: 50, perCallMs: 40, answerMs: 20 }

/** Measures the start lag on each wire format. */
export async function measureStartLag(world: Child, { runs }: { runs: number }): Promise<StartLag[]> {
  const url = await world.ask<string>('url')
  const lags: StartLag[] = []
  for (const format of FORMATS) {
    const volley = await startVolley(url, { provider: format })
    const keys = Array.from({ length: runs + WARM_UP_RUNS }, (_, run) => `start-lag~${format}~${run + 1}`)
    const job: Job = { plan: PLAN, pace: PACE, tools: 'http', keys }
    await world.ask('add', { job, mode: volley.mode })
    await volley.prepare(job)
    const measured: number[] = []
    const faults: string[] = []
    for (const [index, key] of keys.entries()) {
      const [outcome] = await volley.run([key])
      const log = await world.ask<RunLog>('take', key)
      if (outcome?.answer == null) faults.push(`${key}: ${outcome?.error ?? 'no answer'}`)
      if (log.executions.length !== PLAN.calls.length) faults.push(`${key}: ${log.executions.length} calls executed`)
      if (index >= WARM_UP_RUNS)
        for (const { n, startedAt } of log.executions) measured.push(startedAt - (log.writtenAt[n] ?? Number.NaN))
    }
    await volley.stop()
    lags.push({
      format,
      calls: measured.length,
      medianMs: quantile(measured, 0.5),
      p95Ms: quantile(measured, 0.95),
      worstMs: Math.max(...measured),
      faults: faults.slice(0, 5),
    })
  }
  return lags
}
