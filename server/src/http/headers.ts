import type { MiddlewareHandler } from 'hono'
import { isApiPath } from './access.ts'

const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The headers of every answer: nothing is framed, guessed, referred or read by another site. */
export const STRICT_HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** Gives every answer of the app the strict headers; no answer of the API is kept. */
export const strictHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers } = c.res
  for (const [name, value] of Object.entries(STRICT_HEADERS)) headers.set(name, value)
  if (isApiPath(c.req.path) || !headers.has('cache-control')) headers.set('cache-control', 'no-store')
}
