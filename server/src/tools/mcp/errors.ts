import { ProtocolError, SdkError, SdkErrorCode, SdkHttpError } from '@modelcontextprotocol/client'
import { shorten } from '@volley/shared/lib/words.ts'
import { NETWORK_REASONS } from '../networkReasons.ts'
import { McpFault } from './fault.ts'
import { LOST } from './httpTransport.ts'

type Hide = (text: string) => string

/** A server by its name, for the beginning of a sentence. */
export const serverNamed = (name: string) => `The MCP server "${name}"`

/** A server that is gone, or never came. */
export function gone(name: string, why: string): McpFault {
  return new McpFault('network', `${serverNamed(name)} ${why}`, { retry: true, sessionLost: true })
}

/** The fault behind whatever was thrown while a request of a session was under way. */
export function faultOf(name: string, error: unknown, hide: Hide): McpFault {
  if (error instanceof McpFault) return error
  if (error instanceof SdkHttpError) return statusFault(name, error, hide)
  if (error instanceof SdkError) return sdkFault(name, error, hide)
  if (error instanceof ProtocolError) {
    if (error.message.includes(LOST)) return gone(name, 'broke the connection before it answered.')
    return new McpFault('tool_error', `${serverNamed(name)} refused the call: ${shorten(hide(error.message), 2000)}`)
  }
  const inner = causeOf(error)
  return inner instanceof McpFault ? inner : gone(name, `did not answer: ${reasonOf(inner, hide)}.`)
}

function sdkFault(name: string, { code, message }: SdkError, hide: Hide): McpFault {
  switch (code) {
    case SdkErrorCode.ConnectionClosed:
    case SdkErrorCode.NotConnected:
    case SdkErrorCode.SendFailed:
      return gone(name, 'ended before it answered.')
    case SdkErrorCode.RequestTimeout:
      return gone(name, 'did not answer in time.')
    case SdkErrorCode.InvalidResult:
    case SdkErrorCode.ClientHttpUnexpectedContent:
      return new McpFault('tool_error', `${serverNamed(name)} answered nonsense: ${shorten(hide(message), 500)}`)
    default:
      return new McpFault('tool_error', `${serverNamed(name)} could not be used: ${shorten(hide(message), 500)}`)
  }
}

function statusFault(name: string, error: SdkHttpError, hide: Hide): McpFault {
  const { status } = error
  const said = typeof error.data.text === 'string' ? `: ${shorten(hide(error.data.text).trim(), 500)}` : ''
  const answered = `${serverNamed(name)} answered ${status}${said}`
  if (status === 404 || (status === 400 && /session/i.test(said)))
    return new McpFault('network', answered, { retry: true, sessionLost: true, sessionForgotten: true })
  if (status === 401 || status === 403)
    return new McpFault('tool_error', `${answered}. Check the headers of the connection "${name}".`)
  if (status >= 300 && status < 400)
    return new McpFault(
      'blocked',
      `${serverNamed(name)} led elsewhere: redirects of a connection are not followed to another origin.`,
    )
  return new McpFault('tool_error', answered, { retry: status === 429 || status >= 500 })
}

/** `fetch` wraps the true reason, sometimes more than once. */
function causeOf(error: unknown): unknown {
  for (let current = error, depth = 0; depth < 5; depth++) {
    const next = current instanceof AggregateError ? current.errors[0] : (current as Error | undefined)?.cause
    if (next === undefined) return current
    current = next
  }
  return error
}

function reasonOf(error: unknown, hide: Hide): string {
  const code = (error as { code?: unknown } | undefined)?.code
  const known = typeof code === 'string' ? NETWORK_REASONS[code] : undefined
  return known ?? shorten(hide(error instanceof Error ? error.message : String(error)), 500)
}
