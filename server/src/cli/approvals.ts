import type { RunEvent } from '@volley/shared/run/events.ts'
import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { onOneLine, short } from './print.ts'
import type { Terminal } from './terminal.ts'

interface ApprovalNeeds {
  decide(call: number, decision: { approve: boolean; reason?: string }): Promise<boolean>
  /** Keeps the screen still while a question stands on it. */
  around<Value>(work: () => Promise<Value>): Promise<Value>
}

/** Answers calls that await approval: by the person at the terminal, one question after the other; where there is no one, by refusing. */
export function createApprovals(terminal: Terminal, { decide, around }: ApprovalNeeds) {
  const closing = new AbortController()
  let asking: Promise<void> = Promise.resolve()

  const answer = async (call: CallState) => {
    if (closing.signal.aborted) return
    const what = onOneLine(`call ${call.call}, ${call.tool} ${short(call.emittedArguments)}`)
    const { ask } = terminal
    if (!ask) {
      await around(async () => terminal.err(`  ${what}: refused, as no one is at a terminal to approve it\n`))
      await decide(call.call, { approve: false, reason: 'no one was at a terminal to approve it' })
      return
    }
    const said = await around(() => ask(`Approve ${what}? [y/N] `, closing.signal))
    if (closing.signal.aborted) return
    await decide(call.call, { approve: /^\s*y(es)?\s*$/i.test(said ?? '') })
  }
  return {
    see(events: readonly RunEvent[], run: RunState) {
      for (const event of events) {
        const call = event.type === 'call.awaiting_approval' ? run.calls[event.call - 1] : undefined
        if (call) asking = asking.then(() => answer(call))
      }
    },
    /** The run is over: a question that is still open is taken back. */
    close: () => closing.abort(),
  }
}
