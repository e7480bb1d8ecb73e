import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Terminal } from './terminal.ts'

/** This process's own terminal. A reader that goes away (`| head`) is no fault. */
export function processTerminal(): Terminal & { flushed(): Promise<void> } {
  const isGone = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  }
  process.stdout.on('error', isGone)
  process.stderr.on('error', isGone)
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    readFile: (name) => readFile(path.resolve(name)),
    writeFile: (name, text) => writeFile(path.resolve(name), text),
    screen: () =>
      process.stderr.isTTY ? { columns: process.stderr.columns || 80, rows: process.stderr.rows || 24 } : null,
    ask: process.stdin.isTTY && process.stderr.isTTY ? ask : null,
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

/** A line from the person. The terminal stays as it is, so that Ctrl-C goes on to interrupt. */
function ask(question: string, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin, terminal: false })
    let isOver = false
    const end = (answer: string | null) => {
      if (isOver) return
      isOver = true
      signal.removeEventListener('abort', refuse)
      lines.close()
      if (answer === null) process.stderr.write('\n')
      resolve(answer)
    }
    const refuse = () => end(null)
    lines.once('line', end)
    lines.once('close', refuse)
    signal.addEventListener('abort', refuse, { once: true })
    process.stderr.write(question)
    if (signal.aborted) refuse()
  })
}
