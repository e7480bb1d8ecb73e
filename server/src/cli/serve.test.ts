import { statSync } from 'node:fs'
import type { List, SavedFlow } from '@volley/shared/api.ts'
import { expect, test } from 'vitest'
import { child, startChild } from '../testing/childProcess.ts'
import { aFlow } from '../testing/logEvents.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'

test('what was acknowledged survives a kill: flows, versions, runs and the token', async () => {
  const VOLLEY_DATA = `${temporaryFolder()}/data`
  const acknowledged = new Map<string, number>()
  const runs: string[] = []
  let token = ''
  for (let round = 0; round < 3; round++) {
    const server = await startChild({ VOLLEY_DATA })
    token ||= server.token
    expect(server.token).toBe(token)
    let saves = 0
    const save = async (worker: number) => {
      for (let count = 0; ; count++) {
        const flow = aFlow(`Worker ${worker}, ${round}.${count}`)
        const answer = await server.call('POST', '/api/flows', flow).catch(() => null)
        if (!answer?.ok) return
        const saved = (await answer.json().catch(() => null)) as SavedFlow | null
        if (!saved) return
        acknowledged.set(saved.id, 1)
        // In the midst of what the other three are doing.
        if (++saves === 6 + round) server.process.kill('SIGKILL')
        const put = await server.call('PUT', `/api/flows/${saved.id}`, aFlow(`${flow.name}!`)).catch(() => null)
        if (!put?.ok) return
        acknowledged.set(saved.id, 2)
        const run = await server.call('POST', '/api/runs', { flow, input: 'Go.' }).catch(() => null)
        const started = (await run?.json().catch(() => null)) as { runId: string } | null
        if (started?.runId) runs.push(started.runId)
      }
    }
    await Promise.all([save(1), save(2), save(3), save(4)])
    await server.ended
  }

  expect(acknowledged.size).toBeGreaterThan(10)
  const server = await startChild({ VOLLEY_DATA })
  const { items } = (await (await server.call('GET', '/api/flows')).json()) as List<SavedFlow>
  const versions = new Map(items.map((item) => [item.id, item.version]))
  for (const [id, version] of acknowledged) expect(versions.get(id), id).toBeGreaterThanOrEqual(version)
  for (const runId of runs) expect((await server.call('GET', `/api/runs/${runId}`)).status).toBe(200)
  expect(statSync(`${VOLLEY_DATA}/token`).mode & 0o777).toBe(0o600)
})

test('it prints the address with the token, also a given one, and ends cleanly on a signal', async () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const server = await startChild({ VOLLEY_DATA: `${temporaryFolder()}/data`, VOLLEY_TOKEN: 'given-by-me' })
    expect(server.token).toBe('given-by-me')
    expect(await (await fetch(`${server.url}/api/health`)).json()).toMatchObject({ status: 'ok' })
    server.process.kill(signal)
    server.process.kill(signal)
    expect(await server.ended).toBe(0)
    expect(server.out()).toMatch(/^Volley is ready. Open http:\/\/127\.0\.0\.1:\d+\/\?token=given-by-me\n$/)
    expect(server.err()).not.toContain('given-by-me')
  }
})

test('it ends, with an open stream, when its parent is gone', async () => {
  const server = await startChild({ VOLLEY_DATA: `${temporaryFolder()}/data` })
  const { runId } = (await (await server.call('POST', '/api/runs', { flow: aFlow(), input: 'wait' })).json()) as {
    runId: string
  }
  const stream = await server.call('GET', `/api/runs/${runId}/events`)
  const reading = stream.text().catch(() => '')
  server.process.disconnect()
  expect(await server.ended).toBe(0)
  await reading
})

test('a bad environment is one sentence and exit code 1', async () => {
  const VOLLEY_DATA = `${temporaryFolder()}/data`
  const refused: [Record<string, string>, string[], RegExp][] = [
    [{ VOLLEY_PORT: 'http', VOLLEY_DATA }, [], /VOLLEY_PORT must be a port/],
    [{ VOLLEY_PORT: '0', VOLLEY_HOST: '0.0.0.0', VOLLEY_DATA }, [], /set VOLLEY_TOKEN and VOLLEY_ALLOWED_HOSTS/],
    [{ VOLLEY_PORT: '0', VOLLEY_DATA }, ['--role', 'web'], /the role "web" is for servers that share a store/],
    [
      { VOLLEY_PORT: '0', VOLLEY_DATA, VOLLEY_DATABASE_URL: 'postgres://ann:secret@127.0.0.1:1/volley' },
      [],
      /the database cannot be reached: check that it runs.* \(the database 127\.0\.0\.1:1\/volley\)/,
    ],
  ]
  for (const [variables, options, sentence] of refused) {
    const server = child(['serve', ...options], variables)
    expect(await server.ended).toBe(1)
    const lines = server.err().trim().split('\n')
    expect(lines.at(-1)).toMatch(sentence)
    expect(server.err()).not.toContain('ann:secret')
    expect(server.out()).toBe('')
  }
})
