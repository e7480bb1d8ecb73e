/** Where a command reads and writes; a process in life, strings in tests. */
export interface Terminal {
  /** Writes to standard output. */
  out(text: string): void
  /** Writes to standard error. */
  err(text: string): void
  readFile(name: string): Promise<Uint8Array>
  writeFile(name: string, text: string): Promise<void>
  /** The screen that standard error is shown on, asked anew each time as it can be resized; null where it goes elsewhere. */
  screen(): { columns: number; rows: number } | null
  /** Asks the person at the terminal, who answers with a line; null when they will not, or the signal aborts. No one to ask: no function. */
  ask: ((question: string, signal: AbortSignal) => Promise<string | null>) | null
  variables: Record<string, string | undefined>
  cwd: string
  /** Calls back when the person interrupts (Ctrl-C), the process is told to end, or its parent is gone. Answers how to unsubscribe. */
  onInterrupt(callback: () => void): () => void
}

/** Exit codes (contract 7). */
export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Bad usage: a sentence, and what the command takes. */
export class UsageError extends Error {
  override name = 'UsageError'
}
