import type { ModelEvent, TellExchange } from '../engine/ports.ts'
import type { Assembler } from './assemble/assembler.ts'
import { decodeStream, rejectOnAbort, StreamFault } from './decodeStream.ts'
import { type ExchangeNotes, NO_NOTES, noteExchange } from './exchanged.ts'
import { broken, errorEvent, type ProviderWords, statusProblem, withoutKeys } from './problems.ts'

/** What the official clients throw for an answer that is an error, or for none at all (`status` undefined). */
export interface ApiFault {
  status: number | undefined
  headers: Headers | undefined
  error: unknown
  cause?: unknown
}

export interface MessageStream {
  provider: ProviderWords
  /** Taken out of every message. */
  keys: readonly string[]
  /** Who wants to hear what went where and what came back. */
  exchange?: { url: string; body: unknown; tell: TellExchange } | undefined
  /** Sends the request; resolves with the response once its headers are there. */
  send(signal: AbortSignal): Promise<Response>
  /** Reads what `send` threw; undefined for what is no fault of the world. */
  readFault(error: unknown): ApiFault | undefined
  assembler: Assembler
  idleMs: number
  signal: AbortSignal
}

/** Once the message has ended well, its figures are waited for only so long. */
const FIGURES_MS = 5_000

/**
 * Sends one request and gives what the model says, as the port promises: the last event is `finished` or `broken`, faults of the
 * world are values, and on an abort everything ends at once.
 */
export async function* streamMessage(stream: MessageStream): AsyncGenerator<ModelEvent> {
  for await (const event of readMessage(stream)) yield withoutKeys(event, stream.keys)
}

async function* readMessage(stream: MessageStream): AsyncGenerator<ModelEvent> {
  const { assembler, provider, idleMs, signal, keys, exchange } = stream
  const notes = exchange ? noteExchange({ ...exchange, keys }) : NO_NOTES
  const stop = new AbortController()
  const onAbort = () => stop.abort(signal.reason)
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  const idle = createIdleTimer(idleMs, () => stop.abort(new IdleFault()))
  try {
    const response = await open(stream, stop.signal)
    notes.answered(response)
    idle.touch(idleMs)
    const fault = await whyNoStream(response, provider, notes)
    if (fault) return yield fault
    const touch = () => idle.touch(assembler.isEnding() ? Math.min(idleMs, FIGURES_MS) : idleMs)
    const onText = (text: string) => {
      touch()
      notes.heard(text)
    }
    for await (const events of decodeStream(response, { signal: stop.signal, onText })) {
      // The time a reader takes is not the provider's.
      idle.clear()
      for (const { data, name } of events) {
        if (data === '[DONE]') return yield* assembler.end()
        if (data.trim() === '') continue
        yield* assembler.push(parseEvent(data), name)
        if (assembler.isOver()) return
      }
      touch()
    }
    yield* assembler.end()
  } catch (error) {
    noteFault(stream.readFault(error), notes)
    if (!signal.aborted && assembler.isEnding() && (error instanceof StreamFault || error instanceof IdleFault))
      yield* assembler.end()
    else yield faultEvent(error, stream)
  } finally {
    idle.clear()
    signal.removeEventListener('abort', onAbort)
    stop.abort(ENDED)
    notes.over()
  }
}

/** An answer that is an error was read by the official client. */
function noteFault(fault: ApiFault | undefined, notes: ExchangeNotes) {
  if (fault?.status === undefined) return
  notes.answered({ status: fault.status, headers: fault.headers ?? new Headers() })
  notes.heard(typeof fault.error === 'string' ? fault.error : (JSON.stringify(fault.error) ?? ''))
}

class IdleFault extends Error {}

/** Why a stream that has been read is let go: without a reason of its own each abort would make an error with a stack. */
const ENDED = new Error('the message has been read')

async function open(stream: MessageStream, signal: AbortSignal): Promise<Response> {
  const aborted = rejectOnAbort(signal)
  try {
    // The race is for a transport that does not watch the signal.
    return await Promise.race([stream.send(signal), aborted.promise])
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  } finally {
    aborted.forget()
  }
}

function parseEvent(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    // What it said is lost, and a call with a piece missing may still look whole: nothing of this message can be trusted.
    throw new StreamFault('sent an event that is no JSON')
  }
}

function faultEvent(error: unknown, { provider, idleMs, signal, readFault }: MessageStream): ModelEvent {
  if (signal.aborted) return broken('cancelled', `The request to ${provider.label} was cancelled.`, false)
  if (error instanceof IdleFault)
    return broken(
      'idle',
      `${provider.label} sent nothing for ${idleMs / 1000} s. Raise the limit idleMs if this model thinks longer.`,
      true,
    )
  if (error instanceof StreamFault) return broken('stream', `${provider.label} ${error.message}.`, true)
  const fault = readFault(error)
  if (!fault) throw error
  if (fault.status !== undefined)
    return statusProblem(provider, fault.status, fault.error, fault.headers ?? new Headers())
  return broken(
    'network',
    `${provider.label} could not be reached: ${reachWords(fault)}. ${provider.addressAdvice}`,
    true,
  )
}

const REACH: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  ENOTFOUND: 'no such host is known',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ETIMEDOUT: 'no answer came in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection came about in time',
}

/** The innermost reason that says something, looking through wrapped errors and lists of tries. */
function reachWords(fault: ApiFault): string {
  let reason: unknown = fault.cause
  let words = 'the connection failed'
  for (let depth = 0; depth < 8 && reason instanceof Error; depth++) {
    const code = 'code' in reason && typeof reason.code === 'string' ? reason.code : ''
    if (code !== '') words = `${Object.hasOwn(REACH, code) ? REACH[code] : 'the connection failed'} (${code})`
    reason = reason instanceof AggregateError ? reason.errors[0] : reason.cause
  }
  return words
}

/** A page or a plain JSON answer with status 200 is no stream, whatever was asked for. */
async function whyNoStream(
  response: Response,
  provider: ProviderWords,
  notes: ExchangeNotes,
): Promise<ModelEvent | undefined> {
  const type = response.headers.get('content-type') ?? ''
  if (!/^(application\/json|text\/html)\b/i.test(type)) return undefined
  const text = await beginningOf(response, 65_536)
  notes.heard(text)
  const body = parsedOrEmpty(text)
  if ('error' in body) return errorEvent(provider.label, body.error)
  return broken(
    'provider',
    `${provider.label} answered with ${type.split(';')[0]} and not with a stream of events. ${provider.addressAdvice}`,
    false,
  )
}

/** The body's text up to so many bytes; what comes after is not waited for. */
async function beginningOf(response: Response, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk)
      size += chunk.byteLength
      if (size >= mostBytes) break
    }
  } catch {
    // What came before the break may still tell why.
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsedOrEmpty(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

function createIdleTimer(ms: number, onIdle: () => void) {
  let timer = setTimeout(onIdle, ms)
  return {
    touch(next: number) {
      clearTimeout(timer)
      timer = setTimeout(onIdle, next)
    },
    clear: () => clearTimeout(timer),
  }
}
