import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseAllowList } from './addresses.ts'
import { createEgress, type Egress, type EgressOptions, type EgressRequest } from './egress.ts'
import { type SeenRequest, startTestServer, type TestServer } from './testServer.ts'

const never = new AbortController().signal
const OWN = 4400
let server: TestServer
let other: TestServer
const opened: Egress[] = []

const egress = (allow: string, more: Partial<EgressOptions> = {}) => {
  const list = parseAllowList(allow)
  if (!list.ok) throw new Error(list.error)
  const made = createEgress({ allow: list.value, ownPort: () => OWN, ...more })
  opened.push(made)
  return made
}
const ask = (out: Egress, url: string, more: Partial<EgressRequest> = {}, signal = never) =>
  out.request({ method: 'GET', url: new URL(url), headers: {}, ...more }, signal)

beforeAll(async () => {
  other = await startTestServer((request, response) => response.end(JSON.stringify(request.headers)))
  server = await startTestServer(({ url }: SeenRequest, response) => {
    const path = new URL(url, 'http://x')
    const target = path.searchParams.get('to') ?? ''
    const packed: Record<string, () => Buffer> = {
      gzip: () => gzipSync('hello'),
      deflate: () => deflateSync('hello'),
      br: () => brotliCompressSync('hello'),
      bomb: () => gzipSync(Buffer.alloc(40 * 1024 * 1024)),
      broken: () => Buffer.from('no gzip at all'),
      odd: () => Buffer.from('x'),
    }
    switch (path.pathname) {
      case '/redirect':
        return response.writeHead(Number(path.searchParams.get('status') ?? 302), { location: target }).end('moved')
      case '/loop':
        return response.writeHead(302, { location: '/loop' }).end()
      case '/packed': {
        const encoding = { bomb: 'gzip', broken: 'gzip', odd: 'zstd-9' }[target] ?? target
        return response.writeHead(200, { 'content-encoding': encoding }).end(packed[target]?.())
      }
      case '/large':
        return response.writeHead(200).end(Buffer.alloc(11 * 1024 * 1024))
      case '/half':
        response.writeHead(200, { 'content-length': '100' })
        response.write('only this')
        return setTimeout(() => response.destroy(), 20)
      case '/hang':
        return
      case '/drip':
        response.writeHead(200)
        return response.write('a')
      default:
        return response.writeHead(200, { 'content-type': 'text/plain' }).end('hello')
    }
  })
})
beforeEach(() => {
  server.seen.length = 0
  other.seen.length = 0
})
afterAll(async () => {
  server.close()
  other.close()
  await Promise.all(opened.map((one) => one.close()))
})

describe('what is not public', () => {
  test.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::127.0.0.1]:PORT/',
    'http://0.0.0.0:PORT/',
    'http://[::]:PORT/',
    'http://①②⑦.0.0.1:PORT/',
    'http://10.20.30.40/',
    'http://169.254.169.254/latest/meta-data/',
    'https://192.168.1.1/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'data:text/plain,x',
  ])('%s is blocked without a connection', async (url) => {
    const answer = await ask(egress(''), url.replace('PORT', String(server.port)))
    expect(answer).toMatchObject({
      ok: false,
      error: { is: 'blocked', message: expect.stringMatching(/are blocked: tools reach public addresses only/) },
    })
    expect(server.seen).toEqual([])
  })

  test('a name that leads inside is blocked, also when it is among public addresses of that name', async () => {
    const lookup = async () => [
      { address: '10.0.0.1', family: 4 },
      { address: '::ffff:127.0.0.1', family: 6 },
    ]
    expect(await ask(egress('', { lookup }), 'http://rebind.example/')).toMatchObject({ error: { is: 'blocked' } })
  })

  test('the address that was decided on is the one that is used', async () => {
    let lookups = 0
    const lookup = async () => {
      lookups++
      return [
        { address: '10.0.0.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]
    }
    const answer = await ask(egress('127.0.0.1', { lookup }), `http://some.example:${server.port}/`)
    expect(answer).toMatchObject({ ok: true, value: { status: 200 } })
    expect(lookups).toBe(1)
    expect(server.seen[0]?.headers.host).toBe(`some.example:${server.port}`)
  })

  test("Volley's own port is blocked though its address is allowed", async () => {
    const out = egress('127.0.0.1', { ownPort: () => server.port })
    expect(await ask(out, `${server.url}/`)).toMatchObject({ error: { is: 'blocked' } })
    expect(server.seen).toEqual([])
  })

  test('all refusals look alike', async () => {
    const messages = await Promise.all(
      ['http://10.0.0.1/', 'http://127.0.0.1:4400/', 'http://[fe80::1]/'].map(async (url) => {
        const answer = await ask(egress(''), url)
        return answer.ok ? '' : answer.error.message.replace(new URL(url).host, 'HOST')
      }),
    )
    expect(new Set(messages).size).toBe(1)
  })
})

describe('redirects', () => {
  const redirect = (to: string, status = 302) => `${server.url}/redirect?status=${status}&to=${encodeURIComponent(to)}`

  test('are followed', async () => {
    expect(await ask(egress('127.0.0.1'), redirect('/end'))).toMatchObject({ ok: true, value: { status: 200 } })
  })

  test.each(['http://10.0.0.1/', 'http://localhost.example/', 'file:///etc/passwd', 'http://[::1]:1/'])(
    'to %s are decided anew: blocked',
    async (to) => {
      const lookup = async () => [{ address: '192.168.7.7', family: 4 }]
      expect(await ask(egress('127.0.0.1', { lookup }), redirect(to))).toMatchObject({
        ok: false,
        error: { is: 'blocked' },
      })
    },
  )

  test("to Volley's own port are blocked", async () => {
    const out = egress('127.0.0.1', { ownPort: () => other.port })
    expect(await ask(out, redirect(`${other.url}/`))).toMatchObject({ error: { is: 'blocked' } })
    expect(other.seen).toEqual([])
  })

  test('keep credentials within an origin and drop them outside', async () => {
    const headers = {
      authorization: 'Bearer x',
      cookie: 'a=b',
      'x-key': 'secret',
      accept: 'text/plain',
      'idempotency-key': 'r:1',
    }
    const out = egress('127.0.0.1')
    await ask(out, redirect('/end'), { headers })
    expect(server.seen[1]?.headers).toMatchObject(headers)
    await ask(out, redirect(`${other.url}/end`), { headers })
    const there = other.seen[0]?.headers ?? {}
    expect(there).toMatchObject({ accept: 'text/plain', 'idempotency-key': 'r:1' })
    for (const name of ['authorization', 'cookie', 'x-key']) expect(there).not.toHaveProperty(name)
  })

  test.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', '{"a":1}'],
    [308, 'POST', '{"a":1}'],
  ])('with %i turn a POST into a %s', async (status, method, body) => {
    await ask(egress('127.0.0.1'), redirect('/end', status), {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    })
    expect(server.seen[1]).toMatchObject({ method, body })
  })

  test('take a body along, but never one that holds a secret to another origin', async () => {
    await ask(egress('127.0.0.1'), redirect(`${other.url}/`, 307), { method: 'POST', body: 'x' })
    expect(other.seen).toMatchObject([{ method: 'POST', body: 'x' }])
    const secret = { method: 'POST', body: 'tern', isPrivateBody: true }
    const answer = await ask(egress('127.0.0.1'), redirect(`${other.url}/`, 307), secret)
    expect(answer).toMatchObject({ error: { is: 'blocked', message: expect.stringMatching(/secret/) } })
    expect(other.seen).toHaveLength(1)
  })

  test('end after five', async () => {
    expect(await ask(egress('127.0.0.1'), `${server.url}/loop`)).toMatchObject({
      error: { is: 'answer', message: expect.stringMatching(/more than 5 times/) },
    })
    expect(server.seen).toHaveLength(6)
  })

  test('to no address are no answer', async () => {
    expect(await ask(egress('127.0.0.1'), redirect('http://[oops'))).toMatchObject({ error: { is: 'answer' } })
  })
})

describe('bodies', () => {
  test.each(['gzip', 'deflate', 'br'])('packed with %s are unpacked', async (to) => {
    const answer = await ask(egress('127.0.0.1'), `${server.url}/packed?to=${to}`)
    expect(answer.ok && answer.value.body.toString()).toBe('hello')
  })

  test.each([
    ['bomb', /larger than 10 MB/],
    ['broken', /cannot be unpacked/],
    ['odd', /cannot be unpacked/],
  ])('that are a %s end in a fault', async (to, message) => {
    expect(await ask(egress('127.0.0.1'), `${server.url}/packed?to=${to}`)).toMatchObject({
      error: { is: 'answer', message: expect.stringMatching(message) },
    })
  })

  test('over 10 MB end in a fault', async () => {
    expect(await ask(egress('127.0.0.1'), `${server.url}/large`)).toMatchObject({
      error: { is: 'answer', message: expect.stringMatching(/larger than 10 MB/) },
    })
  })

  test('that break off are a network fault', async () => {
    expect(await ask(egress('127.0.0.1'), `${server.url}/half`)).toMatchObject({ error: { is: 'network' } })
  })

  test('of HEAD are empty, whatever it says of its packing', async () => {
    expect(await ask(egress('127.0.0.1'), `${server.url}/packed?to=gzip`, { method: 'HEAD' })).toMatchObject({
      ok: true,
    })
  })
})

describe('no answer', () => {
  test('a refused connection and an unknown name are network faults that say so', async () => {
    const gone = await startTestServer(() => {})
    gone.close()
    expect(await ask(egress('127.0.0.1'), gone.url)).toMatchObject({
      error: { is: 'network', message: expect.stringMatching(/refused the connection/) },
    })
    const lookup = () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))
    expect(await ask(egress('', { lookup }), 'http://no.example/')).toMatchObject({
      error: { is: 'network', message: 'no.example did not answer: there is no such name.' },
    })
  })

  test.each(['/hang', '/drip'])('aborting ends %s at once', async (path) => {
    const stop = new AbortController()
    const asked = ask(egress('127.0.0.1'), server.url + path, {}, stop.signal)
    setTimeout(() => stop.abort(), 40)
    const started = performance.now()
    expect(await asked).toMatchObject({ error: { is: 'cancelled' } })
    expect(performance.now() - started).toBeLessThan(1000)
  })

  test('aborting ends a name that is never found, and what was aborted before is never asked', async () => {
    const stop = new AbortController()
    const asked = ask(egress('', { lookup: () => new Promise(() => {}) }), 'http://slow.example/', {}, stop.signal)
    setTimeout(() => stop.abort(), 20)
    expect(await asked).toMatchObject({ error: { is: 'cancelled' } })
    expect(await ask(egress('127.0.0.1'), server.url, {}, AbortSignal.abort())).toMatchObject({
      error: { is: 'cancelled' },
    })
    expect(server.seen).toEqual([])
  })
})
