import { expect, test } from 'vitest'
import { createRedaction } from '../secrets/redact.ts'
import type { ModelExchange } from './ports.ts'
import { safeExchange } from './safeExchange.ts'

const redactor = createRedaction()
redactor.hide(['hush-hush-77'])

const exchange = (answer: string, request = '{}'): ModelExchange => ({
  request: { method: 'POST', url: 'https://models.example/?key=hush-hush-77', body: { text: request, bytes: 2 } },
  answer: { status: 200, contentType: 'text/event-stream', body: { text: answer, bytes: answer.length } },
})
const delta = (text: string, index = 0) =>
  `data: ${JSON.stringify({ choices: [{ index, delta: { content: text } }] })}\n\n`

test('secrets are hidden wherever they stand in one piece', () => {
  const safe = safeExchange(exchange(delta('It is hush-hush-77.'), '{"say":"hush-hush-77"}'), redactor)
  expect(JSON.stringify(safe)).not.toContain('hush-hush')
  expect(safe.request.body.text).toBe('{"say":"***"}')
})

test('an answer that says a secret in several pieces is left out whole, with the reason', () => {
  for (const pieces of [
    [delta('It is hush-'), delta('hush-'), delta('77.')],
    [delta('hush-'), delta('something else', 1), delta('hush-77')],
  ]) {
    const { answer } = safeExchange(exchange(pieces.join('')), redactor)
    expect(answer?.body).toMatchObject({ text: '', leftOut: expect.stringContaining('secret') })
    expect(answer?.body.bytes).toBeGreaterThan(0)
  }
})

test('an answer without a secret stays as it came', () => {
  const stream = `${delta('hush')}${delta(' and more')}data: [DONE]\n\n: still there\n`
  expect(safeExchange(exchange(stream), redactor).answer?.body.text).toBe(stream)
})
