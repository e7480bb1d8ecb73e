import { Hono } from 'hono'

/** `GET /health`: whether the server answers; the one call without a token. */
export function healthRoutes(version: string) {
  return new Hono().get('/', (c) => c.json({ status: 'ok' as const, version }))
}
