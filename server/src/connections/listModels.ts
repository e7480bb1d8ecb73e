import { isObject } from '@volley/shared/lib/json.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { shortenBetweenWords } from '@volley/shared/lib/words.ts'
import type { ModelConnection } from './connections.ts'
import { OWN_ADDRESS } from './stored.ts'

const MOST_BYTES = 5_000_000
const MOST_MODELS = 5_000
const WAIT_MS = 15_000

/** The models that a connection's server says it has. What keeps it from answering is a sentence. */
export async function listModels(
  connection: ModelConnection,
  { fetch = globalThis.fetch, waitMs = WAIT_MS } = {},
): Promise<Result<string[], string>> {
  const { name, problem } = connection
  if (problem !== null) return err(problem)
  const label = `The connection "${name}"`
  try {
    // Not followed: what is stored with a connection, the key above all, goes to no other place.
    const answer = await fetch(listAddress(connection), {
      headers: headersOf(connection),
      redirect: 'manual',
      signal: AbortSignal.timeout(waitMs),
    })
    const text = await textOf(answer)
    if (answer.status >= 300 && answer.status < 400)
      return err(`${label} redirects, which a model endpoint must not do: store the address it redirects to.`)
    if (answer.status === 401 || answer.status === 403) return err(`${label} answered ${answer.status}: check its key.`)
    if (!answer.ok) return err(`${label} answered ${answer.status}: ${shortenBetweenWords(text.trim(), 300)}`)
    const ids = idsOf(text)
    return ids ? ok(ids) : err(`${label} answered, but not with a list of models: check its address and kind.`)
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    const reason = isLate ? `it gave no answer within ${waitMs / 1000} s` : reasonOf(error)
    return err(`${label} could not be reached: ${reason}. Check its address and that its server is running.`)
  }
}

function listAddress({ kind, baseUrl }: ModelConnection): URL {
  const base = new URL(baseUrl ?? OWN_ADDRESS[kind])
  base.pathname = `${base.pathname.replace(/\/+$/, '')}${kind === 'anthropic' ? '/v1' : ''}/models`
  return base
}

function headersOf({ kind, apiKey }: ModelConnection): Record<string, string> {
  const accept = { accept: 'application/json', 'user-agent': 'volley' }
  if (kind === 'anthropic')
    return { ...accept, 'anthropic-version': '2023-06-01', ...(apiKey ? { 'x-api-key': apiKey } : {}) }
  return { ...accept, ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) }
}

async function textOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength
    if (size > MOST_BYTES) throw new Error('its answer is larger than 5 MB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** `{ data: [{ id }] }`, as OpenAI and Anthropic answer and those who speak like them. */
function idsOf(text: string): string[] | null {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return null
  }
  if (!isObject(body) || !Array.isArray(body.data)) return null
  return body.data.flatMap((one) => (isObject(one) && typeof one.id === 'string' ? [one.id] : [])).slice(0, MOST_MODELS)
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : ''
  if (code === 'ECONNREFUSED') return 'the connection was refused'
  if (code === 'ENOTFOUND') return 'there is no such host'
  return inner instanceof Error ? shortenBetweenWords(inner.message, 200) : 'the connection failed'
}
