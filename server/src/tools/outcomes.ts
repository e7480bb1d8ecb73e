import type { Progress, ToolFact, ToolOutcome } from '../engine/ports.ts'

/** How one kind of tool executes: the run part of the tool's document is of its kind already. */
export type Attempt<Run> = (
  call: {
    run: Run
    arguments: Record<string, unknown>
    idempotencyKey: string
    timeoutMs: number
    isTrial?: boolean | undefined
    tell?: ((fact: ToolFact) => void) | undefined
    /** Tells how far the call is; may be called any number of times while it runs. */
    report?: ((progress: Progress) => void) | undefined
  },
  signal: AbortSignal,
) => Promise<ToolOutcome>

/** What an attempt comes to when its signal aborted: the engine knows why, and has moved on. */
export const CANCELLED: ToolOutcome = { ok: false, code: 'cancelled', message: 'The call was stopped.', retry: false }

export const toolError = (message: string): ToolOutcome => ({ ok: false, code: 'tool_error', message, retry: false })

/** An argument by its name; inherited names are no arguments. */
export function argumentOf(values: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined
}
