/** Where a command reads and writes; a process in life, strings in tests. */
export interface Terminal {
  /** Writes to standard output. */
  out(text: string): void
  /** Writes to standard error. */
  err(text: string): void
  readFile(name: string): Promise<Uint8Array>
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
