import { expect, test } from 'vitest'
import { createOpenaiChatAssembler } from './assemble/openaiChat.ts'
import { streamMessage } from './streamMessage.ts'
import { collect, summaryOf } from './testing/events.ts'

const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`

/** Reads what a server sends in the given pieces; `hold` keeps the connection open after them. */
function read(
  pieces: (string | Uint8Array)[],
  { hold = false, idleMs = 2_000, signal = new AbortController().signal } = {},
) {
  let cancelled = false
  const left = [...pieces]
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift()
      if (piece !== undefined) controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece)
      else if (!hold) controller.close()
      else return new Promise<void>(() => {})
    },
    cancel() {
      cancelled = true
    },
  })
  const events = streamMessage({
    provider: { label: 'The provider', keyAdvice: '', addressAdvice: '' },
    keys: [],
    assembler: createOpenaiChatAssembler('The provider'),
    idleMs,
    signal,
    readFault: () => undefined,
    send: async () => new Response(body),
  })
  return { events, isCancelled: () => cancelled }
}
const said = async (pieces: (string | Uint8Array)[], options = {}) =>
  summaryOf(await collect(read(pieces, options).events))

test('an event that is no JSON breaks the message: what it said is lost, and a call may lack a piece', async () => {
  const { broken } = await said([
    chunk({ content: 'Hi' }),
    'data: {"choices": [\n\n',
    chunk({}, 'stop'),
    'data: [DONE]\n\n',
  ])
  expect(broken).toMatchObject({ retry: true, problem: { code: 'stream' } })
  expect(broken?.problem.message).toContain('no JSON')
})

test('comments, unknown fields, carriage returns and a missing last empty line are read as the standard says', async () => {
  const text = `: hello\r\nfoo: bar\r\nid: 7\r\n${chunk({ content: 'Hi' }).replaceAll('\n', '\r\n')}${chunk({}, 'stop')}data: [DONE]`
  expect(await said([text])).toMatchObject({ text: 'Hi', stopReason: 'end' })
})

test('one event of endless length is cut off', async () => {
  const { broken } = await said(['data: ', ...Array.from({ length: 18 }, () => new Uint8Array(1 << 20).fill(97))])
  expect(broken?.problem.message).toMatch(/an event of more than 16 MB/)
})

test('an endless stream is cut off, and its connection closed', async () => {
  const line = new TextEncoder().encode(`: ${'a'.repeat(1 << 20)}\n`)
  const stream = read(Array.from({ length: 70 }, () => line))
  expect(summaryOf(await collect(stream.events)).broken?.problem.message).toMatch(/more than 64 MB/)
  expect(stream.isCancelled()).toBe(true)
})

test('a message that has ended well does not wait for a connection that stays open', async () => {
  const began = performance.now()
  const pieces = [chunk({ content: 'Hi' }), chunk({}, 'stop')]
  expect(await said(pieces, { hold: true, idleMs: 60 })).toMatchObject({ text: 'Hi', stopReason: 'end' })
  expect(await said([...pieces, 'data: [DONE]\n\n'], { hold: true })).toMatchObject({ stopReason: 'end' })
  expect(performance.now() - began).toBeLessThan(1_500)
})

test('the time a reader takes does not count as silence of the provider', async () => {
  const texts: string[] = []
  for await (const event of read([chunk({ content: 'a' }), chunk({ content: 'b' }), chunk({}, 'stop')], { idleMs: 40 })
    .events) {
    texts.push(event.type)
    await new Promise((resolve) => setTimeout(resolve, 90))
  }
  expect(texts).toEqual(['text', 'text', 'finished'])
})

test('a reader that leaves closes the connection', async () => {
  const stream = read([chunk({ content: 'a' })], { hold: true })
  for await (const event of stream.events) if (event.type === 'text') break
  expect(stream.isCancelled()).toBe(true)
})

test('what only we can cause is thrown', async () => {
  const events = streamMessage({
    provider: { label: 'The provider', keyAdvice: '', addressAdvice: '' },
    keys: [],
    assembler: createOpenaiChatAssembler('The provider'),
    idleMs: 1_000,
    signal: new AbortController().signal,
    readFault: () => undefined,
    send: async () => {
      throw new TypeError('a bug')
    },
  })
  await expect(collect(events)).rejects.toThrow('a bug')
})
