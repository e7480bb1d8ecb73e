import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const MAIN = fileURLToPath(new URL('./fakeMain.ts', import.meta.url))

export interface Child {
  process: ChildProcess
  out(): string
  err(): string
  /** Resolves with the exit code once it has ended; null after a kill. */
  ended: Promise<number | null>
  /** Resolves once standard output holds the pattern; rejects when the process ends without it. */
  says(pattern: RegExp): Promise<RegExpExecArray>
}

/** One command line as a child process, with a channel to this one; killed with the test. */
export function child(args: string[], variables: Record<string, string>): Child {
  const started = spawn(process.execPath, [MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env.PATH ?? '', ...variables },
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
  return {
    process: started,
    out: () => out,
    err: () => err,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(out)
          if (found) resolve(found)
        }
        started.stdout?.on('data', look)
        void ended.then(() => reject(new Error(`it ended without ${pattern}: ${out}${err}`)))
        look()
      }),
  }
}

/** Starts a server and gives back how to ask it. */
export async function startChild(variables: Record<string, string>) {
  const server = child(['serve'], { VOLLEY_PORT: '0', ...variables })
  const [, url = '', token = ''] = await server.says(/(http:\/\/127\.0\.0\.1:\d+)\/\?token=(\S+)/)
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return { ...server, url, token, call }
}
