import type { RunState } from '@volley/shared/run/state.ts'

/** How many calls run from a time on. */
export interface Step {
  at: number
  running: number
}

/** How many calls ran at once, over the whole run: a step wherever it changes. What still runs does so until `now`. */
export function loadOf(run: RunState, now: number): Step[] {
  const changes = run.calls.flatMap((call) =>
    call.startedAt === null
      ? []
      : [
          { at: call.startedAt, by: 1 },
          { at: call.finishedAt ?? Math.max(now, call.startedAt), by: -1 },
        ],
  )
  changes.sort((one, other) => one.at - other.at)
  const steps: Step[] = []
  let running = 0
  for (const { at, by } of changes) {
    running += by
    const last = steps.at(-1)
    if (last?.at === at) last.running = running
    else steps.push({ at, running })
  }
  return steps
}

/** The steps as the outline of an area, `width` by `height`, over a time from 0 to `end`. */
export function areaOf(steps: readonly Step[], end: number, width: number, height: number): string {
  const most = Math.max(1, ...steps.map((step) => step.running))
  const x = (at: number) => round((at / end) * width)
  const y = (running: number) => round(height - (running / most) * height)
  const lines = steps.map(({ at, running }) => `H${x(at)}V${y(running)}`)
  return steps.length === 0 ? '' : `M0 ${height}${lines.join('')}H${x(steps.at(-1)?.at ?? 0)}V${height}Z`
}

const round = (value: number) => Math.round(value * 10) / 10
