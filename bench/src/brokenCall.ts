import type { Child } from './asking.ts'
import { isResult } from './check.ts'
import type { RunLog } from './jobs.ts'
import { median } from './measure.ts'
import { PEERS, startPeer } from './peerSystem.ts'
import type { Fault, Job, Plan } from './plan.ts'
import type { Outcome, System } from './system.ts'
import { startVolley } from './volleySystem.ts'

/** What became of runs in which one call of five breaks. */
export interface BrokenCall {
  system: string
  fault: Fault
  runs: number
  /** Runs that ended with an answer. */
  answered: number
  /** Runs in which the model was given the results of the four others. */
  keptAll: number
  /** Of those that ended. */
  medianMs: number | null
  /** What the first run that failed said. */
  error?: string
}

const FAULTS: Fault[] = ['throws', 'hangs', 'ignores']
const TOOL_TIMEOUT_MS = 1_000
/** So few at once, that on a busy machine the healthy calls keep within the limit. */
const RUNS_AT_ONCE = 5
/** A run that has not ended by then counts as one that never does. */
const PATIENCE_MS = 4_000

/** Runs the broken plans on Volley and its peers, each with a limit of 1 s for a tool where the library knows one. */
export async function measureBrokenCalls(world: Child, { runs }: { runs: number }): Promise<BrokenCall[]> {
  const url = await world.ask<string>('url')
  const limit = { toolTimeoutMs: TOOL_TIMEOUT_MS }
  const starts = [() => startVolley(url, limit), ...PEERS.map((name) => () => startPeer(name, url, limit))]
  const rows: BrokenCall[] = []
  for (const fault of FAULTS) {
    for (const start of starts) {
      // A new process for each kind: what one leaves hanging must not weigh on the next.
      const system = await start()
      rows.push(await measureOne(system, fault, world, runs))
      await system.stop()
    }
  }
  return rows
}

async function measureOne(system: System, fault: Fault, world: Child, runs: number): Promise<BrokenCall> {
  const keys = Array.from({ length: runs }, (_, run) => `broken~${system.name}~${fault}~${run + 1}`)
  const plan = planWith(fault)
  const job: Job = { plan, pace: { firstTokenMs: 20, perCallMs: 5, answerMs: 20 }, tools: 'http', keys }
  await world.ask('add', { job, mode: system.mode })
  await system.prepare(job)
  const outcomes: (Outcome | null)[] = []
  for (let at = 0; at < keys.length; at += RUNS_AT_ONCE) {
    const some = keys.slice(at, at + RUNS_AT_ONCE)
    outcomes.push(...(await Promise.all(some.map((key) => patient(system.run([key]))))))
  }
  const logs = await Promise.all(keys.map((key) => world.ask<RunLog>('take', key)))
  const times = outcomes.flatMap((outcome) => (outcome ? [outcome.elapsedMs] : []))
  const failed = outcomes.find((outcome) => outcome?.answer == null)
  return {
    system: system.name,
    fault,
    runs,
    answered: outcomes.filter((outcome) => outcome?.answer != null).length,
    keptAll: logs.filter((log) => keptOf(plan, log) === plan.calls.length - 1).length,
    medianMs: times.length > 0 ? median(times) : null,
    ...(outcomes.includes(null) ? { error: 'the run did not end' } : failed?.error ? { error: failed.error } : {}),
  }
}

function planWith(fault: Fault): Plan {
  const calls = [1, 2, 3, 4, 5].map((n) => ({
    n,
    tool: 'work',
    deps: [],
    durationMs: 50,
    ...(n === 3 ? { fault } : {}),
  }))
  return { name: `one of five ${fault}`, edges: 'data', calls }
}

const keptOf = (plan: Plan, log: RunLog) =>
  plan.calls.filter((call) => log.returned.some(({ n, text }) => n === call.n && isResult(text, n))).length

/** The run's outcome, or null when it does not come. */
async function patient(outcomes: Promise<Outcome[]>): Promise<Outcome | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS)
  })
  // A child that is stopped while a run hangs rejects; that outcome is no longer waited for.
  const first = outcomes.then((list) => list[0] ?? null).catch(() => null)
  const outcome = await Promise.race([first, late])
  clearTimeout(timer)
  return outcome
}
