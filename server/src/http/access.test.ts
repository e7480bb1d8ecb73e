import { describe, expect, test } from 'vitest'
import { rawRequest, requestText } from '../testing/rawRequest.ts'
import { TEST_TOKEN, TEST_URL, testApp } from '../testing/testApp.ts'
import { testServer } from '../testing/testServer.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']
const SPELLINGS = [
  '/api/flows',
  '//api/flows',
  '/API/flows',
  '/api/flows/',
  '/%61pi/flows',
  '/api%2Fflows',
  '/api/./flows',
  '/x/../api/flows',
  '/api//flows',
  '/api/flows?token=',
  '/',
  '/runs',
  '/nothing',
  '/api/health/../flows',
  '/assets/../api/flows',
]
const bearer = `Authorization: Bearer ${TEST_TOKEN}`

describe('over a socket', () => {
  test('without the token every path, spelling and method is 401, and with another Host, Origin or site 403', async () => {
    const { port } = await testServer()
    const own = `Host: 127.0.0.1:${port}`
    for (const method of METHODS)
      for (const target of SPELLINGS) {
        const status = async (...headers: string[]) =>
          (await rawRequest(port, requestText(method, target, headers))).status
        expect(await status(own), `${method} ${target}`).toBe(401)
        expect(await status('Host: harbour.example', bearer), `${method} ${target}`).toBe(403)
        expect(await status(own, bearer, 'Origin: https://harbour.example'), `${method} ${target}`).toBe(403)
        expect(await status(own, bearer, 'Sec-Fetch-Site: cross-site'), `${method} ${target}`).toBe(403)
      }
  })

  test('a Host that is missing, doubled, nearly right or beside an absolute target is 403', async () => {
    const { port } = await testServer()
    const status = async (target: string, ...headers: string[]) =>
      (await rawRequest(port, requestText('GET', target, [...headers, bearer]))).status
    const own = `Host: 127.0.0.1:${port}`
    expect(await status('/api/flows')).toBe(403)
    expect(await status('/api/flows', own, 'Host: harbour.example')).toBe(403)
    expect(await status('/api/flows', own, own)).toBe(403)
    for (const host of [
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `localhost.:${port}`,
      `127.0.0.1.harbour.example:${port}`,
      `harbour.example@127.0.0.1:${port}`,
      `0x7f.1:${port}`,
      'a b',
      '',
    ])
      expect(await status('/api/flows', `Host: ${host}`), host).toBe(403)
    expect(await status('http://harbour.example/api/flows', own)).toBe(403)
    expect(await status(`http://127.0.0.1:${port}/api/flows`, own)).toBe(200)
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
      expect(await status('/api/flows', `Host: ${host}`), host).toBe(200)
  })

  test('a tunnel is refused', async () => {
    const { port } = await testServer()
    const { status } = await rawRequest(
      port,
      requestText('CONNECT', 'harbour.example:443', [`Host: 127.0.0.1:${port}`]),
    )
    expect(status).toBe(403)
  })

  test('every answer has the strict headers, also those that no route gives', async () => {
    const { port } = await testServer()
    const own = `Host: 127.0.0.1:${port}`
    for (const [status, method, target, ...headers] of [
      [200, 'GET', '/api/flows', own, bearer],
      [403, 'GET', '/api/flows', 'Host: harbour.example', bearer],
      [403, 'CONNECT', 'harbour.example:443', own],
      [400, 'OPTIONS', '*', own, bearer],
      [417, 'GET', '/api/flows', own, bearer, 'Expect: harbour'],
      [403, 'GET', '/api/flows', 'Host: harbour.example', 'Expect: harbour'],
    ] as const) {
      const answer = await rawRequest(port, requestText(method, target, [...headers]))
      expect(
        [answer.status, /content-security-policy: .*frame-ancestors 'none'/i.test(answer.text)],
        `${method} ${target}`,
      ).toEqual([status, true])
    }
  })

  test('another site’s link reaches no route of the interface, however the path is spelled', async () => {
    const { port } = await testServer()
    const load = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document']
    for (const target of [
      ...SPELLINGS.filter((one) => /api/i.test(one)),
      '/./api/flows',
      '/%2e/api/flows',
      '/x/%2e%2e/api/flows',
      `http://127.0.0.1:${port}/api/flows`,
    ]) {
      const answer = await rawRequest(port, requestText('GET', target, [`Host: 127.0.0.1:${port}`, bearer, ...load]))
      expect([answer.status === 403 || answer.status === 404, target]).toEqual([true, target])
    }
  })

  test('a page on another port of this machine reaches no route of the interface by a plain GET', async () => {
    const { port } = await testServer()
    const get = async (target: string, ...headers: string[]) =>
      (await rawRequest(port, requestText('GET', target, [`Host: 127.0.0.1:${port}`, bearer, ...headers]))).status
    expect(await get('/api/flows', 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: no-cors')).toBe(403)
    expect(await get('/theme.js', 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: no-cors')).not.toBe(403)
    expect(await get('/api/flows', 'Sec-Fetch-Site: none')).toBe(200)
  })

  test('no answer lets another origin read it', async () => {
    const { port } = await testServer()
    for (const method of ['GET', 'OPTIONS']) {
      const headers = [`Host: 127.0.0.1:${port}`, bearer, `Origin: http://127.0.0.1:${port}`]
      const { text } = await rawRequest(port, requestText(method, '/api/flows', headers))
      expect(text.toLowerCase()).not.toContain('access-control-')
    }
  })

  test('a client that sends too much is told so, and the server goes on', async () => {
    const { port } = await testServer()
    const head = ['POST /api/flows HTTP/1.1', `Host: 127.0.0.1:${port}`, bearer, 'Content-Type: application/json']
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`
    const text = [...head, 'Transfer-Encoding: chunked', 'Connection: close', '', `${chunk.repeat(7)}0\r\n\r\n`].join(
      '\r\n',
    )
    expect((await rawRequest(port, text)).status).toBe(413)
    expect((await rawRequest(port, requestText('GET', '/api/flows', [`Host: 127.0.0.1:${port}`, bearer]))).status).toBe(
      200,
    )
  })
})

test('every route answers 401 without the token, but for the checks of health and the static files', async () => {
  const { app } = await testApp()
  const routes = new Set(app.routes.map(({ method, path }) => `${method === 'ALL' ? 'GET' : method} ${path}`))
  const open = new Set<string>()
  for (const route of routes) {
    const [method = '', path = ''] = route.split(' ')
    const url = `${TEST_URL}${path.replaceAll(/:[a-z]+/gi, 'x').replace('*', 'nothing')}`
    const { status } = await app.request(url, { method })
    if (status !== 401) open.add(route)
  }
  expect(routes.size).toBeGreaterThan(20)
  expect([...open]).toEqual(['GET /api/health', 'GET /api/ready'])
})

test('the static files of the page need no token, its document does', async () => {
  const { app } = await testApp()
  const get = async (path: string, headers = {}) => app.request(`${TEST_URL}${path}`, { headers })
  expect((await get('/assets/index-abc123.js')).status).toBe(200)
  expect((await get('/theme.js')).status).toBe(200)
  expect((await get('/assets/none.js')).status).toBe(401)
  const page = await get('/', { accept: 'text/html' })
  expect([page.status, await page.text()]).toEqual([
    401,
    expect.stringContaining('Open the address that Volley printed'),
  ])
  const json = (await (await get('/api/flows', { accept: 'text/html' })).json()) as { error: { code: string } }
  expect(json.error.code).toBe('unauthorized')
})

test('the printed address sets the cookie and leaves the address bar at once', async () => {
  const { app } = await testApp()
  const answer = await app.request(`${TEST_URL}/?token=${TEST_TOKEN}`)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
  const cookie = answer.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^volley_token_4400=a-token-of-the-tests; .*Path=\/.*HttpOnly.*SameSite=Strict/)
  const signedIn = { headers: { cookie: cookie.split(';')[0] as string } }
  expect((await app.request(`${TEST_URL}/api/flows`, signedIn)).status).toBe(200)
  expect((await app.request(`${TEST_URL}/`, signedIn)).status).toBe(200)
})

test('a token counts in the query of GET / alone, once, and when it is right', async () => {
  const { app } = await testApp()
  for (const [method, path] of [
    ['GET', `/api/flows?token=${TEST_TOKEN}`],
    ['GET', `/runs?token=${TEST_TOKEN}`],
    ['GET', `//?token=${TEST_TOKEN}`],
    ['HEAD', `/?token=${TEST_TOKEN}`],
    ['POST', `/?token=${TEST_TOKEN}`],
    ['GET', '/?token=wrong'],
    ['GET', '/?token='],
    ['GET', `/?token=${TEST_TOKEN}&token=${TEST_TOKEN}`],
  ] as const) {
    const answer = await app.request(`${TEST_URL}${path}`, { method })
    expect([answer.status, answer.headers.get('set-cookie')], `${method} ${path}`).toEqual([401, null])
  }
})

test('a wrong token is 401, in whichever place', async () => {
  const { app } = await testApp()
  for (const headers of [
    { authorization: 'Bearer wrong' },
    { authorization: `Basic ${TEST_TOKEN}` },
    { authorization: TEST_TOKEN },
    { cookie: `volley_token_4401=${TEST_TOKEN}` },
    { cookie: 'volley_token_4400=' },
  ])
    expect((await app.request(`${TEST_URL}/api/flows`, { headers: headers as Record<string, string> })).status).toBe(
      401,
    )
})

test('another site may link to a page, and do nothing else', async () => {
  const { app } = await testApp()
  const load = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  const status = async (path: string, headers: Record<string, string>, method = 'GET') =>
    (
      await app.request(`${TEST_URL}${path}`, {
        method,
        headers: { authorization: `Bearer ${TEST_TOKEN}`, ...headers },
      })
    ).status
  expect(await status('/', load)).toBe(200)
  expect(await status('/', { ...load, 'sec-fetch-dest': 'iframe' })).toBe(403)
  expect(await status('/', { ...load, 'sec-fetch-mode': 'no-cors' })).toBe(403)
  expect(await status('/', load, 'POST')).toBe(403)
  expect(await status('/api/flows', load)).toBe(403)
  expect(await status('/%61pi/flows', load)).toBe(403)
  expect(await status('/theme.js', { 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await status('/api/flows', { 'sec-fetch-site': 'same-origin' })).toBe(200)
})

test('names the operator allowed are taken, in Host and Origin', async () => {
  const access = { token: TEST_TOKEN, port: 4400, allowedHosts: ['volley.example', 'other.example:8443'] }
  const { app } = await testApp({ access })
  const status = async (host: string, origin?: string) =>
    (
      await app.request('http://127.0.0.1:4400/api/flows', {
        headers: { authorization: `Bearer ${TEST_TOKEN}`, host, ...(origin ? { origin } : {}) },
      })
    ).status
  expect(await status('volley.example')).toBe(200)
  expect(await status('Volley.Example:4400', 'https://volley.example')).toBe(200)
  expect(await status('volley.example:1')).toBe(403)
  expect(await status('other.example:8443')).toBe(200)
  expect(await status('other.example')).toBe(403)
  expect(await status('x.volley.example')).toBe(403)
  for (const origin of ['null', 'http://volley.example.evil', 'ftp://volley.example', 'https://127.0.0.1:4400', ''])
    expect(await status('volley.example', origin || 'file://'), origin).toBe(403)
})
