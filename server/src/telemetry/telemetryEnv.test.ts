import { expect, test } from 'vitest'
import { parseTelemetryEnv } from './telemetryEnv.ts'

const HERE = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/' }

test('without an endpoint, and where sending is switched off, nothing is sent', () => {
  const off = { ok: true, value: null }
  expect(parseTelemetryEnv({})).toEqual(off)
  expect(parseTelemetryEnv({ OTEL_SERVICE_NAME: 'x', OTEL_EXPORTER_OTLP_ENDPOINT: ' ' })).toEqual(off)
  expect(parseTelemetryEnv({ ...HERE, OTEL_SDK_DISABLED: 'TRUE' })).toEqual(off)
  expect(parseTelemetryEnv({ ...HERE, OTEL_TRACES_EXPORTER: 'none' })).toEqual(off)
})

test('the usual variables say where spans go and what they say of this process', () => {
  expect(parseTelemetryEnv(HERE)).toEqual({
    ok: true,
    value: {
      url: 'http://127.0.0.1:4318/v1/traces',
      headers: {},
      timeoutMs: 10_000,
      resource: { 'service.name': 'volley' },
      withContent: false,
    },
  })
  const all = parseTelemetryEnv({
    ...HERE,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/in',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-team=a, authorization=Bearer%20abc',
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-team=b',
    OTEL_EXPORTER_OTLP_TIMEOUT: '500',
    OTEL_SERVICE_NAME: 'harbour',
    OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,deployment.environment.name=test',
    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true',
  })
  expect(all).toEqual({
    ok: true,
    value: {
      url: 'https://traces.example/in',
      headers: { 'x-team': 'b', authorization: 'Bearer abc' },
      timeoutMs: 500,
      resource: { 'service.name': 'harbour', 'deployment.environment.name': 'test' },
      withContent: true,
    },
  })
})

test.each([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'no sign of equality'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'a=%E0%A4%A'],
  ['OTEL_RESOURCE_ATTRIBUTES', '=x'],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', 'soon'],
])('%s=%s is refused by its name', (name, value) => {
  const read = parseTelemetryEnv({ ...HERE, [name]: value })
  expect(read).toMatchObject({ ok: false, error: [expect.stringContaining(name)] })
})
