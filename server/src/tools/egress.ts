import { lookup as systemLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { Agent, buildConnector, request } from 'undici'
import { type AllowList, isReachable } from './addresses.ts'
import { NETWORK_REASONS } from './networkReasons.ts'
import { type BodyFault, readBody } from './readBody.ts'

// The only way out for tools. Invariants:
// 1. Every connection is decided on the address it is made to, after the name was looked up: that very address is then used.
// 2. Redirects are followed here, one by one, and each is a new decision.
// 3. A refusal comes before any connection, and says the same whatever the reason.

const MOST_REDIRECTS = 5
const MOST_BYTES = 10 * 1024 * 1024
const CONNECT_MS = 10_000

export interface EgressRequest {
  method: string
  url: URL
  headers: Record<string, string>
  body?: string | undefined
  /** Headers, in small letters, that are for this origin alone: no redirect takes them elsewhere. */
  bound?: readonly string[]
  /** The body holds a secret: it never follows a redirect to another origin. */
  isPrivateBody?: boolean
}

export interface EgressAnswer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** `cancelled`: the signal aborted. `answer`: something came, but nothing that can be used. */
export interface EgressFault {
  is: 'blocked' | 'network' | 'cancelled' | 'answer'
  message: string
}

export interface Egress {
  request(request: EgressRequest, signal: AbortSignal): Promise<Result<EgressAnswer, EgressFault>>
  close(): Promise<void>
}

export interface EgressOptions {
  allow?: AllowList
  /** The port that Volley itself listens on, once it does. */
  ownPort: () => number
  lookup?: (hostname: string) => Promise<{ address: string; family: number }[]>
}

export function createEgress({ allow = [], ownPort, lookup = allAddresses }: EgressOptions): Egress {
  const connect: buildConnector.connector = (options, callback) => {
    const hostname = options.hostname.replace(/^\[(.*)\]$/, '$1')
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
    reachableAddresses(hostname, port)
      .then((addresses) => {
        const decided: LookupFunction = (_name, _options, answer) => answer(null, addresses)
        const direct = buildConnector({ timeout: CONNECT_MS, autoSelectFamily: true, allowH2: false, lookup: decided })
        direct(options, callback)
      })
      .catch((error: Error) => callback(error, null))
  }

  const reachableAddresses = async (hostname: string, port: number) => {
    const literal = isIP(hostname)
    const found = literal ? [{ address: hostname, family: literal }] : await lookup(hostname)
    const reachable = found.filter(({ address }) => isReachable({ hostname, address, port }, allow, ownPort()))
    if (reachable.length === 0) throw new Blocked()
    return reachable
  }

  // The caller's signal is the only clock: a tool may take as long as its policy allows.
  const agent = new Agent({ connect, headersTimeout: 0, bodyTimeout: 0, allowH2: false })

  const ask = async (asked: EgressRequest, signal: AbortSignal): Promise<Result<EgressAnswer, EgressFault>> => {
    let current = asked
    if (signal.aborted) return err(fault('cancelled', 'The call was stopped.'))
    for (let redirects = 0; ; redirects++) {
      if (!isHttp(current.url)) return err(blocked(current.url))
      const answer = await oneRequest(current, agent, signal)
      if (!answer.ok || !isRedirect(answer.value)) return answer
      if (redirects === MOST_REDIRECTS)
        return err(fault('answer', `${asked.url.host} redirected more than ${MOST_REDIRECTS} times.`))
      const next = redirected(current, answer.value)
      if (!next.ok) return next
      current = next.value
    }
  }

  return {
    request: (asked, signal) => unlessAborted(ask(asked, signal), signal),
    close: () => agent.destroy(),
  }
}

class Blocked extends Error {}

async function oneRequest(
  { method, url, headers, body }: EgressRequest,
  dispatcher: Agent,
  signal: AbortSignal,
): Promise<Result<EgressAnswer, EgressFault>> {
  try {
    const answer = await request(url, {
      dispatcher,
      signal,
      method: method as 'GET',
      headers: { ...headers, 'accept-encoding': 'gzip, deflate, br' },
      body: body ?? null,
    })
    const flat = flatHeaders(answer.headers)
    if (isRedirect({ status: answer.statusCode, headers: flat })) {
      answer.body.on('error', () => {}).destroy()
      return ok({ status: answer.statusCode, headers: flat, body: Buffer.alloc(0) })
    }
    const encoding = method === 'HEAD' ? undefined : flat['content-encoding']
    const read = await readBody(answer.body, encoding, MOST_BYTES)
    if (!read.ok) return err(fault('answer', bodyMessage(url, read.error)))
    return ok({ status: answer.statusCode, headers: flat, body: read.value })
  } catch (error) {
    return err(error instanceof Blocked ? blocked(url) : fault('network', networkMessage(url, error)))
  }
}

/** Ends with the abort itself: a connection that is still being made cannot be stopped, but nobody waits for it. */
function unlessAborted(
  answer: Promise<Result<EgressAnswer, EgressFault>>,
  signal: AbortSignal,
): Promise<Result<EgressAnswer, EgressFault>> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(err(fault('cancelled', 'The call was stopped.')))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Headers that are safe with whoever a server sends us to; any other may be a credential. */
const HARMLESS = ['accept', 'accept-language', 'content-type', 'idempotency-key', 'user-agent']

function redirected(
  from: EgressRequest,
  answer: Pick<EgressAnswer, 'status' | 'headers'>,
): Result<EgressRequest, EgressFault> {
  const location = answer.headers.location ?? ''
  if (!URL.canParse(location, from.url))
    return err(fault('answer', `${from.url.host} redirected to something that is no address.`))
  const url = new URL(location, from.url)
  if (!isHttp(url)) return err(blocked(url))
  if (from.url.protocol === 'https:' && url.protocol === 'http:')
    return err(
      fault(
        'blocked',
        `${from.url.host} redirected from https to http, which is not followed. Call the address it redirects to.`,
      ),
    )
  url.username = ''
  url.password = ''

  const becomesGet = answer.status === 303 ? from.method !== 'HEAD' : answer.status < 303 && from.method === 'POST'
  const leaves = url.origin !== from.url.origin
  const body = becomesGet ? undefined : from.body
  if (leaves && body !== undefined && from.isPrivateBody)
    return err(
      fault(
        'blocked',
        `${from.url.host} redirected to ${url.host}, and the body holds a secret that is not for it. Call that address itself.`,
      ),
    )
  const headers = Object.entries(from.headers).filter(
    ([name]) =>
      (!leaves || (HARMLESS.includes(name.toLowerCase()) && !from.bound?.includes(name.toLowerCase()))) &&
      (!becomesGet || !name.toLowerCase().startsWith('content-')),
  )
  return ok({ ...from, method: becomesGet ? 'GET' : from.method, url, headers: Object.fromEntries(headers), body })
}

function isRedirect({ status, headers }: Pick<EgressAnswer, 'status' | 'headers'>): boolean {
  return [301, 302, 303, 307, 308].includes(status) && headers.location !== undefined
}

const isHttp = (url: URL) => url.protocol === 'http:' || url.protocol === 'https:'

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}

const fault = (is: EgressFault['is'], message: string): EgressFault => ({ is, message })

/** One sentence for every refusal: it must not tell what there is on the other side. */
function blocked(url: URL): EgressFault {
  return fault(
    'blocked',
    `Requests to ${url.protocol}//${url.host} are blocked: tools reach public addresses only. Whoever runs Volley can allow more with VOLLEY_EGRESS_ALLOW.`,
  )
}

function networkMessage(url: URL, error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error
  const code = (first as { code?: unknown } | undefined)?.code
  const known = typeof code === 'string' ? NETWORK_REASONS[code] : undefined
  return `${url.host} did not answer: ${known ?? (first instanceof Error ? first.message : String(first))}.`
}

function bodyMessage(url: URL, { is, encoding }: BodyFault): string {
  if (is === 'too large') return `The answer of ${url.host} is larger than 10 MB: ask for less.`
  return `The answer of ${url.host} cannot be unpacked (content-encoding "${encoding}").`
}

function allAddresses(hostname: string): Promise<{ address: string; family: number }[]> {
  return systemLookup(hostname, { all: true, order: 'verbatim' })
}
