import type { HttpRun } from '@volley/shared/flow/flow.ts'
import { ok } from '@volley/shared/lib/result.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Egress, EgressAnswer, EgressRequest } from './egress.ts'
import { createHttp } from './http.ts'

const secrets = { get: (name: string) => ({ KEY: 'tern-4471', BAD: 'a\r\nx-injected: 1' })[name] }
const never = new AbortController().signal

/** Calls a tool over an egress that only remembers, and answers as told. */
async function call(
  run: Partial<HttpRun>,
  given: Record<string, unknown> = {},
  answer: Partial<EgressAnswer> & { text?: string } = {},
) {
  const sent: EgressRequest[] = []
  const egress: Egress = {
    request: async (request) => {
      sent.push(request)
      return ok({
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(answer.text ?? '{}'),
        ...answer,
      })
    },
    close: async () => {},
  }
  const attempt = createHttp({ egress, secrets, now: () => Date.parse('2026-01-01T00:00:00Z') })
  const outcome = await attempt(
    {
      run: { kind: 'http', url: 'https://api.example/x', ...run },
      arguments: given,
      idempotencyKey: 'r1:7',
      timeoutMs: 1000,
    },
    never,
  )
  return { outcome, sent: sent[0], url: sent[0]?.url.href }
}

describe('the address', () => {
  test('holds arguments percent-encoded where placeholders stand, the rest in the query', async () => {
    const { url } = await call(
      { url: 'https://api.example/at/{{place}}?area={{area}}#part' },
      { place: 'a/b?c', area: 'Sund & Belt', year: 7, tags: ['x', 'y z'], at: { lat: 1 }, none: null },
    )
    expect(url).toBe(
      'https://api.example/at/a%2Fb%3Fc?area=Sund%20%26%20Belt&year=7&tags=x&tags=y%20z&at=%7B%22lat%22%3A1%7D',
    )
  })

  test('leaves out a pair whose optional argument was not given', async () => {
    expect((await call({ url: 'https://api.example/x?a={{a}}&b={{b}}&c=1' }, { a: 0 })).url).toBe(
      'https://api.example/x?a=0&c=1',
    )
  })

  test('may hold a secret', async () => {
    expect((await call({ url: 'https://api.example/x?key={{secret.KEY}}' })).url).toBe(
      'https://api.example/x?key=tern-4471',
    )
  })

  test('cannot be led elsewhere by an argument', async () => {
    for (const id of ['..', '.', '%2e%2E'])
      expect((await call({ url: 'https://api.example/users/{{id}}/name' }, { id })).outcome).toMatchObject(
        id.includes('%') ? { ok: true } : { code: 'invalid_arguments' },
      )
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (id) => {
        const { sent } = await call({ url: 'https://api.example/users/{{id}}/name?q={{id}}' }, { id })
        if (!sent) return
        expect(sent.url.origin).toBe('https://api.example')
        expect(sent.url.pathname).toMatch(/^\/users\/[^/]*\/name$/)
        expect([...sent.url.searchParams]).toEqual([['q', id.toWellFormed()]])
      }),
    )
  })

  test('is not filled twice', async () => {
    const { url } = await call({ url: 'https://api.example/{{a}}' }, { a: '{{secret.KEY}}', 'secret.KEY': 'mine' })
    expect(url).not.toContain('tern')
  })
})

describe('the body', () => {
  test('is the unused arguments as JSON', async () => {
    const { sent } = await call(
      { method: 'POST', url: 'https://api.example/{{id}}' },
      { id: 1, name: 'x', deep: { a: [null] } },
    )
    expect(sent).toMatchObject({
      method: 'POST',
      body: '{"name":"x","deep":{"a":[null]}}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'r1:7' },
    })
  })

  test('is none for GET, HEAD and DELETE', async () => {
    for (const method of ['GET', 'HEAD', 'DELETE'] as const) {
      const { sent, url } = await call({ method }, { a: 1 })
      expect(sent?.body).toBeUndefined()
      expect(url).toBe('https://api.example/x?a=1')
    }
  })

  test('keeps the types of arguments in its template', async () => {
    const { sent } = await call(
      { method: 'PUT', body: { n: '{{n}}', t: 'n is {{n}}', list: ['{{list}}'], gone: '{{none}}' } },
      { n: 3, list: [1], extra: true },
    )
    expect(sent?.body).toBe('{"n":3,"t":"n is 3","list":[[1]]}')
  })

  test('may be a form or a text, by its content type', async () => {
    const form = await call(
      { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'a={{a}}&b=1' },
      { a: 'x&y=z' },
    )
    expect(form.sent?.body).toBe('a=x%26y%3Dz&b=1')
    const text = await call(
      { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: 'Say {{a}}' },
      { a: 'hi' },
    )
    expect(text.sent?.body).toBe('Say hi')
  })
})

describe('headers', () => {
  test('hold arguments and secrets', async () => {
    const { sent } = await call(
      { headers: { Authorization: 'Bearer {{secret.KEY}}', 'X-Place': '{{place}}', 'X-None': '{{none}}' } },
      { place: 'Paris' },
    )
    expect(sent?.headers).toMatchObject({ authorization: 'Bearer tern-4471', 'x-place': 'Paris' })
    expect(sent?.headers).not.toHaveProperty('x-none')
    expect(sent?.url.search).toBe('')
  })

  test('cannot be split, and what was tried is not repeated', async () => {
    for (const value of ['{{a}}', '{{secret.BAD}}']) {
      const { outcome, sent } = await call({ headers: { 'X-A': value } }, { a: 'a\r\nx-injected: 1' })
      expect(sent).toBeUndefined()
      expect(outcome).toMatchObject({ ok: false, code: 'invalid_arguments' })
      expect(JSON.stringify(outcome)).not.toContain('injected')
    }
  })

  test('with a secret that is not stored are not sent', async () => {
    const { outcome, sent } = await call({ headers: { 'X-A': '{{secret.GONE}}' } })
    expect(sent).toBeUndefined()
    expect(outcome).toMatchObject({
      code: 'tool_error',
      message: 'The secret "GONE" is not stored: add it in the settings.',
      retry: false,
    })
  })
})

describe('the answer', () => {
  test.each([
    ['JSON by its type', 'application/problem+json; charset=utf-8', '{"a":1}', { a: 1 }],
    ['text by its type', 'text/html', '<p>', '<p>'],
    ['JSON without a type', '', '[1]', [1]],
    ['text without a type', '', 'hello', 'hello'],
    ['nothing', 'application/json', '', null],
    ['text in another alphabet', 'text/plain; charset=iso-8859-1', Buffer.from([0xe9]), 'é'],
  ])('is %s', async (_what, type, text, result) => {
    const { outcome } = await call({}, {}, { headers: { 'content-type': type }, body: Buffer.from(text) })
    expect(outcome).toEqual({ ok: true, result })
  })

  test('is cut to what select finds', async () => {
    const { outcome } = await call({ select: 'sheets[].no' }, {}, { text: '{"sheets":[{"no":12},{"no":13}]}' })
    expect(outcome).toEqual({ ok: true, result: [12, 13] })
  })

  test.each([
    ['broken JSON', 'application/json', '{"a":', /says that its answer is JSON, but it is not/],
    ['an image', 'image/png', 'PNG', /3 bytes of "image\/png", which is neither/],
    ['too deep', 'application/json', '['.repeat(100_000), /deeper than 500/],
  ])('that is %s is an error', async (_what, type, text, message) => {
    const { outcome } = await call({}, {}, { headers: { 'content-type': type }, text })
    expect(outcome).toMatchObject({
      ok: false,
      code: 'tool_error',
      message: expect.stringMatching(message),
      retry: false,
    })
  })

  test('a select that fails on this answer is an error', async () => {
    expect((await call({ select: 'length(a)' }, {}, { text: '{"a":1}' })).outcome).toMatchObject({
      ok: false,
      message: expect.stringMatching(/"select" could not be applied/),
    })
    expect((await call({ select: Array(40).fill('[@,@]').join('|') }, {}, { text: '1' })).outcome).toMatchObject({
      ok: false,
    })
  })

  test.each([
    [404, {}, false, undefined],
    [409, { 'retry-after': '5' }, false, undefined],
    [429, { 'retry-after': '2' }, true, 2000],
    [503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, true, 30_000],
    [503, { 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, true, 0],
    [500, { 'retry-after': 'soon' }, true, undefined],
    [304, {}, false, undefined],
  ])('%i is the tool failing', async (status, headers, retry, retryAfterMs) => {
    const { outcome } = await call({}, {}, { status, headers, text: 'x'.repeat(900) })
    expect(outcome).toEqual({
      ok: false,
      code: 'tool_error',
      message: `api.example answered ${status}: ${'x'.repeat(499)}…`,
      retry,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    })
  })

  test('of HEAD is its status and headers', async () => {
    expect((await call({ method: 'HEAD' }, {}, { text: '', headers: { etag: 'x' } })).outcome).toEqual({
      ok: true,
      result: { status: 200, headers: { etag: 'x' } },
    })
  })
})

describe('a secret', () => {
  const bound = (run: Partial<HttpRun>, answer: Partial<EgressAnswer> = {}) => {
    const sent: EgressRequest[] = []
    const egress: Egress = {
      request: async (request) => {
        sent.push(request)
        return ok({ status: 200, headers: {}, body: Buffer.from('{}'), ...answer })
      },
      close: async () => {},
    }
    const attempt = createHttp({
      egress,
      secrets: {
        get: (_name, origin) =>
          origin === 'https://tides.example' ? 'tern-4471' : { boundTo: ['https://tides.example'] },
      },
      hide: (text) => text.replaceAll('tern-4471', '***'),
    })
    return attempt(
      { run: { kind: 'http', url: '', ...run }, arguments: {}, idempotencyKey: 'r:1', timeoutMs: 30_000 },
      never,
    ).then((outcome) => ({ outcome, sent }))
  }

  test('that is bound to an origin is sent there alone', async () => {
    const headers = { 'X-Key': '{{secret.KEY}}' }
    const there = await bound({ url: 'HTTPS://Tides.example:443/now', headers })
    expect(there.sent[0]?.headers).toMatchObject({ 'x-key': 'tern-4471' })
    for (const url of ['https://tides.example.evil/now', 'http://tides.example/now', 'https://tides.example:444/']) {
      const { outcome, sent } = await bound({ url, headers })
      expect(sent).toEqual([])
      expect(outcome).toMatchObject({ ok: false, code: 'blocked', retry: false })
      expect(!outcome.ok && outcome.message).toContain('bound to https://tides.example')
    }
    expect((await bound({ url: 'https://other.example/?k={{secret.KEY}}' })).sent).toEqual([])
    expect(
      (await bound({ url: 'https://other.example/', method: 'POST', body: { k: '{{secret.KEY}}' } })).sent,
    ).toEqual([])
  })

  test('is hidden before an error is shortened, so that no half of it is left', async () => {
    const said = `${'x'.repeat(495)}tern-4471`
    const url = 'https://tides.example/now'
    for (const answer of [
      { status: 500, body: Buffer.from(said) },
      { headers: { 'content-type': 'application/json' }, body: Buffer.from(said.slice(300)) },
    ]) {
      const { outcome } = await bound({ url, headers: { 'X-Key': '{{secret.KEY}}' } }, answer)
      expect(!outcome.ok && outcome.message).not.toContain('ter')
    }
  })

  test('marks its header, whatever that is called, as one for this origin alone', async () => {
    const { sent } = await bound({
      url: 'https://tides.example/',
      headers: { 'User-Agent': 'a {{secret.KEY}}', Accept: 'x' },
    })
    expect(sent[0]?.bound).toEqual(['user-agent'])
  })
})
