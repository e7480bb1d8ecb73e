import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'

export interface WatchedProcess {
  process: ChildProcess
  /** What it has said so far on standard output and on standard error. */
  out(): string
  err(): string
  /** Resolves with the exit code once it has ended and all it said was read; null after a kill. */
  ended: Promise<number | null>
}

const { PATH = '', NODE_COMPILE_CACHE } = process.env
/** With what Node compiled before a process is up in half the time. */
const COMMON = { PATH, ...(NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {}) }

/** Runs a file of ours with this Node as a process of its own, in an environment of its own; killed with the test. */
export function watchedProcess(
  args: string[],
  variables: Record<string, string>,
  { channel = false, ...options }: SpawnOptions & { channel?: boolean } = {},
): WatchedProcess {
  const started = spawn(process.execPath, args, {
    ...options,
    stdio: channel ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    env: { ...COMMON, ...variables },
  })
  onTestFinished(() => void started.kill('SIGKILL'))
  let out = ''
  let err = ''
  started.stdout?.on('data', (part) => {
    out += part
  })
  started.stderr?.on('data', (part) => {
    err += part
  })
  // Not `close`: it never comes for a child whose channel was closed from this side.
  const all = [once(started, 'exit'), once(started.stdout as Readable, 'end'), once(started.stderr as Readable, 'end')]
  const ended = Promise.all(all).then(([exit]) => exit?.[0] as number | null)
  return { process: started, out: () => out, err: () => err, ended }
}
