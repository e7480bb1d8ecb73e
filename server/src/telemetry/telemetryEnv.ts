import { err, ok, type Result } from '@volley/shared/lib/result.ts'

/** Where spans of runs are sent, and what they tell. */
export interface TelemetryEnv {
  /** The collector's address for traces. */
  url: string
  headers: Record<string, string>
  timeoutMs: number
  /** What all spans say of this process: `service.name` at least. */
  resource: Record<string, string>
  /** Whether messages, arguments and results are sent, too. */
  withContent: boolean
}

type Variable =
  | 'OTEL_SDK_DISABLED'
  | 'OTEL_TRACES_EXPORTER'
  | 'OTEL_EXPORTER_OTLP_ENDPOINT'
  | 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'
  | 'OTEL_EXPORTER_OTLP_HEADERS'
  | 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'
  | 'OTEL_EXPORTER_OTLP_TIMEOUT'
  | 'OTEL_EXPORTER_OTLP_TRACES_TIMEOUT'
  | 'OTEL_SERVICE_NAME'
  | 'OTEL_RESOURCE_ATTRIBUTES'
  | 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'

const USUAL_TIMEOUT_MS = 10_000

/** Reads OpenTelemetry's own variables; null where no endpoint is named, or sending is switched off. */
export function parseTelemetryEnv(
  variables: Record<string, string | undefined>,
): Result<TelemetryEnv | null, string[]> {
  const given = (name: Variable) => variables[name]?.trim() || undefined
  if (given('OTEL_SDK_DISABLED')?.toLowerCase() === 'true' || given('OTEL_TRACES_EXPORTER') === 'none') return ok(null)
  const own = given('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT')
  const base = given('OTEL_EXPORTER_OTLP_ENDPOINT')
  if (!own && !base) return ok(null)
  const url = own ?? `${base?.replace(/\/+$/, '')}/v1/traces`
  const faults: string[] = []
  if (!URL.canParse(url) || !/^https?:/.test(url))
    faults.push(
      `OTEL_EXPORTER_OTLP_${own ? 'TRACES_' : ''}ENDPOINT must be an address such as http://127.0.0.1:4318, or be left out`,
    )
  const pairs = (name: Variable) => {
    const read = readPairs(given(name) ?? '')
    if (!read) faults.push(`${name} must look like name=value, with commas between several`)
    return read ?? {}
  }
  const timeout = given('OTEL_EXPORTER_OTLP_TRACES_TIMEOUT') ?? given('OTEL_EXPORTER_OTLP_TIMEOUT')
  if (timeout !== undefined && !/^[1-9]\d{0,6}$/.test(timeout))
    faults.push('OTEL_EXPORTER_OTLP_TIMEOUT must be milliseconds, such as 10000')
  const resource = { 'service.name': 'volley', ...pairs('OTEL_RESOURCE_ATTRIBUTES') }
  const service = given('OTEL_SERVICE_NAME')
  const env: TelemetryEnv = {
    url,
    headers: { ...pairs('OTEL_EXPORTER_OTLP_HEADERS'), ...pairs('OTEL_EXPORTER_OTLP_TRACES_HEADERS') },
    timeoutMs: timeout === undefined ? USUAL_TIMEOUT_MS : Number(timeout),
    resource: service ? { ...resource, 'service.name': service } : resource,
    withContent: given('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT')?.toLowerCase() === 'true',
  }
  return faults.length > 0 ? err(faults) : ok(env)
}

/** `a=1,b=two%20words`, with values percent-decoded; null where it looks otherwise. */
function readPairs(text: string): Record<string, string> | null {
  const pairs = text.split(',').filter((part) => part.trim() !== '')
  try {
    const entries = pairs.map((pair): [string, string] => {
      const at = pair.indexOf('=')
      if (at < 1) throw new Error('no name')
      return [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]
    })
    return Object.fromEntries(entries)
  } catch {
    return null
  }
}
