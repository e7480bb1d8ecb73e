import { fileURLToPath } from 'node:url'
import { watchedProcess } from '../testing/watchedProcess.ts'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const TOKEN = 'a-token-of-the-crash-tests'

export type RealServer = Awaited<ReturnType<typeof startRealServer>>

/** The real server as a process of its own, with `more` in its environment; killed with the test. */
export function spawnServer(
  more: Record<string, string>,
  { args = [], ...options }: { uid?: number; args?: string[] } = {},
) {
  return watchedProcess([MAIN, 'serve', ...args], { VOLLEY_PORT: '0', VOLLEY_TOKEN: TOKEN, ...more }, options)
}

/** Starts the real server and waits until it listens. */
export async function startRealServer(more: Record<string, string>, { args = [] }: { args?: string[] } = {}) {
  const server = spawnServer(more, { args })
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = /(http:\/\/127\.0\.0\.1:\d+)\//.exec(server.out())?.[1]
      if (found) resolve(found)
    }
    server.process.stdout?.on('data', look)
    void server.ended.then((code) => reject(new Error(`the server ended with ${code}: ${server.out()}${server.err()}`)))
  })
  const call = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ) =>
    fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  return { ...server, url, port: Number(new URL(url).port), call }
}
