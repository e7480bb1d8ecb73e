import { createHash, timingSafeEqual } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Audit } from '../audit/audit.ts'
import type { ApiTokens, Scope } from '../tokens/tokens.ts'
import { foreignReason, type RequestOrigin } from './foreign.ts'
import type { ServerNames } from './names.ts'
import { ApiProblem } from './problems.ts'
import { signInPage } from './signInPage.ts'

export interface Access extends ServerNames {
  token: string
}

/** What tells whether a server lives and works: whoever watches it has no token. */
const OPEN_PATHS = ['/api/health', '/api/ready']
const COOKIE_SECONDS = 60 * 60 * 24 * 90

/**
 * Who gets in (contract 6). Stands before every path, spelling and method: a request from elsewhere is refused whatever its token; all
 * but the checks of its health and the page's own static files needs the token, from the `Authorization` header or the cookie; the printed
 * address alone takes it from the query, and moves it into the cookie. A program's token, in the header alone, opens what it is for.
 */
export function requireAccess(
  access: Access,
  isStaticFile: (path: string) => boolean,
  { audit, tokens }: { audit: Pick<Audit, 'note' | 'noteSeldom'>; tokens: Pick<ApiTokens, 'scopeOf'> },
): MiddlewareHandler<{ Variables: { scope?: Scope } }> {
  const isToken = tokenCheck(access.token)
  const cookie = `volley_token_${access.port}` // Browsers keep one jar for all ports of a host.

  return async (c, next) => {
    const foreign = foreignReason(originOf(c), access)
    if (foreign) throw new ApiProblem('forbidden', foreign)

    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
    if (isRead && (OPEN_PATHS.includes(c.req.path) || isStaticFile(c.req.path))) return next()

    const isSignedIn = isToken(presentedToken(c, cookie))
    const offered = c.req.method === 'GET' && c.req.path === '/' ? c.req.queries('token') : undefined
    if (offered) {
      const isWelcome = offered.length === 1 && isToken(offered[0])
      if (isWelcome)
        setCookie(c, cookie, access.token, {
          path: '/',
          httpOnly: true,
          sameSite: 'Strict',
          maxAge: COOKIE_SECONDS,
        })
      if (isWelcome) audit.note('signed_in')
      else audit.noteSeldom('token_refused', { path: '/' })
      if (isWelcome || isSignedIn) return c.redirect('/', 303)
    }
    if (isSignedIn) return next()
    const bearer = bearerToken(c)
    const scope = bearer === undefined ? null : await tokens.scopeOf(bearer)
    if (scope && mayCall(scope, c.req)) {
      c.set('scope', scope)
      return next()
    }
    if (scope) {
      audit.noteSeldom('api_token_refused', { token: scope.tokenId, path: c.req.path.slice(0, 200) })
      throw new ApiProblem('forbidden', 'This token may run one flow, and nothing else.')
    }
    if (!offered && presentedToken(c, cookie) !== undefined)
      audit.noteSeldom('token_refused', { path: c.req.path.slice(0, 200) })
    if (isRead && (c.req.header('accept') ?? '').includes('text/html') && !isApiPath(c.req.path))
      return c.html(signInPage(), 401)
    throw new ApiProblem(
      'unauthorized',
      'This needs the token: open the address that the server printed, or send it as "Authorization: Bearer …".',
    )
  }
}

/** Whether a path belongs to the HTTP interface or to MCP's, whose answers are JSON. */
export function isApiPath(path: string): boolean {
  return ['/api', '/mcp', '/metrics'].some((root) => path === root || path.startsWith(`${root}/`))
}

/**
 * What a program's token opens: starting its flow, reading how such a run stands, and MCP, which offers it that flow alone. The path is
 * the one the router goes by; any other spelling of it is refused.
 */
function mayCall({ flowId }: Scope, { method, path }: { method: string; path: string }): boolean {
  const runs = `/api/flows/${flowId}/runs`
  if (path === '/mcp') return ['POST', 'GET', 'DELETE'].includes(method)
  if (path === runs) return method === 'POST'
  return method === 'GET' && path.startsWith(`${runs}/`) && /^[0-9a-z]+$/.test(path.slice(runs.length + 1))
}

/** Compares in a time that tells nothing of the token. */
function tokenCheck(token: string): (offered: string | undefined) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = digest(token)
  return (offered) => offered !== undefined && timingSafeEqual(digest(offered), expected)
}

function presentedToken(c: Context, cookie: string): string | undefined {
  return c.req.header('authorization') === undefined ? getCookie(c, cookie) : bearerToken(c)
}

function bearerToken(c: Context): string | undefined {
  return /^Bearer +(\S+)$/i.exec(c.req.header('authorization')?.trim() ?? '')?.[1]
}

function originOf(c: Context): RequestOrigin {
  const incoming = (c.env as Partial<HttpBindings> | undefined)?.incoming
  if (incoming) return { method: c.req.method, target: incoming.url ?? '', rawHeaders: incoming.rawHeaders }
  const url = new URL(c.req.url)
  const headers = [...c.req.raw.headers].flat()
  const host = c.req.header('host') === undefined ? ['host', url.host] : []
  return { method: c.req.method, target: url.pathname + url.search, rawHeaders: [...host, ...headers] }
}
