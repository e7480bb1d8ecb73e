import { Hono } from 'hono'
import type { Deps } from '../deps.ts'

/** `/metrics`: what this server did, for Prometheus. */
export function metricsRoutes({ metrics }: Pick<Deps, 'metrics'>) {
  return new Hono().get('/', async (c) => {
    const { text, contentType } = await metrics.read()
    return c.body(text, 200, { 'content-type': contentType })
  })
}
