import { expect, test } from 'vitest'
import type { ModelExchange } from '../engine/ports.ts'
import { MOST_CHARS, noteExchange } from './exchanged.ts'

function notesOf(body: unknown, keys: string[] = []) {
  const told: ModelExchange[] = []
  const url = 'https://models.example/v1/chat'
  return { told, notes: noteExchange({ url, body, keys, tell: (read) => told.push(read()) }) }
}

const answered = (type: string) => ({ status: 200, headers: new Headers({ 'content-type': type }) })

test('a request and its answer are told as they went over the wire, without the key', () => {
  const { told, notes } = notesOf({ model: 'm', stream: true }, ['key-of-mine'])
  notes.answered(answered('text/event-stream'))
  for (const piece of ['data: {"a":1}\n\n', 'data: "not key-', 'of-mine"\n\n']) notes.heard(piece)
  notes.over()
  expect(told).toEqual([
    {
      request: {
        method: 'POST',
        url: 'https://models.example/v1/chat',
        body: { text: '{"model":"m","stream":true}', bytes: 27 },
      },
      answer: {
        status: 200,
        contentType: 'text/event-stream',
        body: { text: 'data: {"a":1}\n\ndata: "not ***"\n\n', bytes: 40 },
      },
    },
  ])
})

test('where nothing came back there is no answer', () => {
  const { told, notes } = notesOf({})
  notes.over()
  expect(told[0]?.answer).toBeNull()
})

test('of long texts the beginning and the end are kept, however they came', () => {
  for (const piece of [1000, 70_001, 3_000_000]) {
    const { told, notes } = notesOf({ text: 'r'.repeat(MOST_CHARS) })
    notes.answered(answered('text/event-stream'))
    notes.heard('start')
    for (let sent = 0; sent < 3_000_000; sent += piece) notes.heard('.'.repeat(Math.min(piece, 3_000_000 - sent)))
    notes.heard('end')
    notes.over()
    const { request, answer } = told[0] as ModelExchange
    expect(answer?.body.bytes).toBe(3_000_008)
    expect(answer?.body.text).toMatch(/^start\.+\n\[\d+ characters left out here\]\n\.+end$/)
    expect(answer?.body.text.length).toBeLessThan(MOST_CHARS + 100)
    expect(request.body.text.length).toBeLessThan(MOST_CHARS + 100)
  }
})
