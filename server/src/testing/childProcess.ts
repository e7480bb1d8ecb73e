import { fileURLToPath } from 'node:url'
import { type WatchedProcess, watchedProcess } from './watchedProcess.ts'

const MAIN = fileURLToPath(new URL('./fakeMain.ts', import.meta.url))

export interface Child extends WatchedProcess {
  /** Resolves once standard output holds the pattern; rejects when the process ends without it. */
  says(pattern: RegExp): Promise<RegExpExecArray>
}

/** One command line as a child process, with a channel to this one; killed with the test. */
export function child(args: string[], variables: Record<string, string>): Child {
  const started = watchedProcess([MAIN, ...args], variables, { channel: true })
  return {
    ...started,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(started.out())
          if (found) resolve(found)
        }
        started.process.stdout?.on('data', look)
        void started.ended.then(() =>
          reject(new Error(`it ended without ${pattern}: ${started.out()}${started.err()}`)),
        )
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
