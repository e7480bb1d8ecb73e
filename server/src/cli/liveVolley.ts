import type { RunEvent } from '@volley/shared/run/events.ts'
import { EMPTY_RUN, type RunState } from '@volley/shared/run/state.ts'
import type { Terminal } from './terminal.ts'
import { volleyLines } from './volleyLines.ts'

const REPAINT_MS = 80

/** The run on a screen, painted over itself while it goes on; what stands there when it is closed stays. */
export function createLiveVolley(terminal: Terminal) {
  let run: RunState = EMPTY_RUN
  let seenAt = performance.now()
  let painted = 0
  let held = 0
  let isClosed = false

  const erase = () => {
    if (painted > 0) terminal.err(`\u001b[${painted}A\u001b[0J`)
    painted = 0
  }
  const paint = () => {
    const screen = terminal.screen()
    if (!screen || held > 0 || run.lastSeq === 0) return
    const now = run.summary ? run.at : run.at + performance.now() - seenAt
    const lines = volleyLines(run, { now, ...screen })
    erase()
    terminal.err(lines.map((line) => `${line}\n`).join(''))
    painted = lines.length
  }
  const timer = setInterval(paint, REPAINT_MS)
  return {
    see(_events: readonly RunEvent[], next: RunState) {
      run = next
      seenAt = performance.now()
    },
    async around<Value>(work: () => Promise<Value>): Promise<Value> {
      paint()
      held++
      try {
        return await work()
      } finally {
        held--
        // The question stays where it is, and the volley goes on below it.
        painted = 0
      }
    },
    close() {
      if (isClosed) return
      isClosed = true
      clearInterval(timer)
      paint()
    },
  }
}
