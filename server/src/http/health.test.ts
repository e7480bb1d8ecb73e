import { expect, test } from 'vitest'
import { realServer } from '../testing/realServer.ts'
import { scriptedFlow } from '../testing/scriptedFlow.ts'
import { testApp } from '../testing/testApp.ts'

test('a server tells whoever watches it that it lives and can work, without a token', async () => {
  const { app, stopping } = await testApp()
  const ask = async (path: string) => {
    const answer = await app.request(`http://127.0.0.1:4400${path}`)
    return [answer.status, await answer.json()]
  }
  expect(await ask('/api/health')).toEqual([200, { status: 'ok', version: '0.0.1' }])
  expect(await ask('/api/ready')).toEqual([200, { status: 'ready' }])
  stopping.abort()
  expect(await ask('/api/ready')).toEqual([503, { status: 'not ready', reason: 'The server is about to stop.' }])
})

test('a store that does not answer makes a server not ready, and it goes on answering', async () => {
  const { app } = await testApp({ isStoreThere: async () => false })
  const answer = await app.request('http://127.0.0.1:4400/api/ready')
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { status: 'not ready', reason: 'The store does not answer.' },
  ])
})

test('runs and calls are counted for Prometheus, behind the token', async () => {
  const { call, ended, origin } = await realServer()
  const flow = scriptedFlow(
    [{ calls: [{ tool: 'tide', arguments: {} }] }, { text: 'Six.' }],
    [{ name: 'tide', parameters: { type: 'object' }, run: { kind: 'mock', result: 6 } }],
  )
  await ended((await call('POST', '/api/runs', { flow, input: 'Go.' })).body.runId)
  expect((await fetch(`${origin}/metrics`)).status).toBe(401)
  const answer = await fetch(`${origin}/metrics`, { headers: { authorization: 'Bearer a-token-of-the-tests' } })
  const text = await answer.text()
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
  for (const line of [
    'volley_runs_started_total 1',
    'volley_runs_finished_total{status="succeeded"} 1',
    'volley_calls_finished_total{status="succeeded"} 1',
    'volley_call_seconds_count 1',
  ])
    expect(text.split('\n')).toContain(line)
  expect(text).toContain('nodejs_eventloop_lag_seconds')
})
