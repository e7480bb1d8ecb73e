import { Hono } from 'hono'
import type { Deps } from '../deps.ts'

/** `GET /health`: whether the server answers; it needs no token. */
export function healthRoutes(version: string) {
  return new Hono().get('/', (c) => c.json({ status: 'ok' as const, version }))
}

const READY_MS = 2_000

/** `GET /ready`: whether the server can do its work, for a load balancer: its store answers, and it is not about to stop. It needs no token. */
export function readyRoutes({ stopping, isStoreThere }: Pick<Deps, 'stopping' | 'isStoreThere'>) {
  return new Hono().get('/', async (c) => {
    const reason = stopping.aborted
      ? 'The server is about to stop.'
      : (await Promise.race([isStoreThere(), after(READY_MS)]))
        ? null
        : 'The store does not answer.'
    return reason === null
      ? c.json({ status: 'ready' as const })
      : c.json({ status: 'not ready' as const, reason }, 503)
  })
}

const after = (ms: number) => new Promise<false>((resolve) => setTimeout(() => resolve(false), ms).unref())
