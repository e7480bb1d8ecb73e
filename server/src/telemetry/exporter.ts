import { type HrTime, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { VERSION } from '../version.ts'
import type { Span } from './span.ts'
import type { TelemetryEnv } from './telemetryEnv.ts'

/** Sends spans; gives why they were not taken, or null. */
export type SendSpans = (spans: readonly Span[]) => Promise<string | null>

/**
 * OTLP over HTTP, as JSON, by OpenTelemetry's own exporter: it repeats what the collector asks to have repeated, within the time limit.
 * Its address is the operator's, from the environment of this process; it is the one place beside models and tools that reaches out.
 */
export function createExporter({ url, headers, timeoutMs, resource }: TelemetryEnv): SendSpans {
  const exporter = new OTLPTraceExporter({ url, headers, timeoutMillis: timeoutMs, concurrencyLimit: 1 })
  const from = resourceFromAttributes({ ...resource, 'service.version': VERSION })
  return (spans) =>
    new Promise((resolve) => {
      exporter.export(
        spans.map((span) => readable(span, from)),
        ({ error, code }) => resolve(code === 0 ? null : (error?.message ?? 'it gave no reason')),
      )
    })
}

const KINDS = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT }

function readable(span: Span, resource: ReadableSpan['resource']): ReadableSpan {
  const contextOf = (spanId: string) => ({ traceId: span.traceId, spanId, traceFlags: TraceFlags.SAMPLED })
  return {
    name: span.name,
    kind: KINDS[span.kind],
    spanContext: () => contextOf(span.spanId),
    ...(span.parentSpanId ? { parentSpanContext: contextOf(span.parentSpanId) } : {}),
    startTime: hrTime(span.startedAt),
    endTime: hrTime(span.endedAt),
    duration: hrTime(span.endedAt - span.startedAt),
    ended: true,
    status: span.error
      ? { code: SpanStatusCode.ERROR, ...(span.error.message ? { message: span.error.message } : {}) }
      : { code: SpanStatusCode.UNSET },
    attributes: span.error ? { ...span.attributes, 'error.type': span.error.type } : span.attributes,
    links: span.links.map(({ spanId, attributes }) => ({ context: contextOf(spanId), attributes })),
    events: span.events.map(({ name, at, attributes }) => ({ name, time: hrTime(at), attributes })),
    resource,
    instrumentationScope: { name: 'volley', version: VERSION },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: span.droppedLinks ?? 0,
  }
}

/** Seconds and nanoseconds. */
function hrTime(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000)
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)]
}
