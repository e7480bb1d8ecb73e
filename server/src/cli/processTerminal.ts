import type { Terminal } from './terminal.ts'

/** This process's own terminal. A reader that goes away (`| head`) is no fault. */
export function processTerminal(readFile: Terminal['readFile']): Terminal & { flushed(): Promise<void> } {
  const isGone = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  }
  process.stdout.on('error', isGone)
  process.stderr.on('error', isGone)
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    readFile,
    variables: process.env,
    cwd: process.cwd(),
    onInterrupt(callback) {
      const events = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const
      for (const event of events) process.on(event, callback)
      return () => {
        for (const event of events) process.off(event, callback)
        // What comes twice (a terminal and the parent both pass Ctrl-C on) must not kill a stop that is under way.
        for (const event of events) process.on(event, () => {})
      }
    },
    flushed: () =>
      new Promise((resolve) => {
        if (process.stdout.destroyed) resolve()
        else process.stdout.write('', () => resolve())
      }),
  }
}
