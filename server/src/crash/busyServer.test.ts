import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { runFromEvents } from '@volley/shared/run/state.ts'
import { expect, onTestFinished, test } from 'vitest'
import { logFaults } from '../testing/invariants.ts'
import { temporaryFolder } from '../testing/temporaryFolder.ts'
import { followRun } from './followRun.ts'
import { hostileFlow, sendAll } from './hostileStage.ts'
import { startRealServer } from './realServer.ts'
import { eventsOf } from './wire.ts'

// The real server with its real store under a message of 10,000 calls: others who ask it something meanwhile are answered.

const CALLS = 10_000

test('while a message of 10,000 calls runs, other requests are answered and other saves are kept', async () => {
  const calls = Array.from({ length: CALLS }, (_, at) => ({
    id: `c${at}`,
    tool: 'look',
    argumentsText: `{"nth":${at}}`,
  }))
  const model = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += part
    const isSecond = text.includes('"role":"assistant"')
    await sendAll(response, eventsOf('openai-chat', isSecond ? { text: 'Done.', calls: [] } : { calls }))
  })
  model.listen(0, '127.0.0.1')
  await new Promise<void>((resolve) => model.once('listening', () => resolve()))
  onTestFinished(() => {
    model.closeAllConnections()
    model.close()
  })
  const server = await startRealServer({
    VOLLEY_DATA: `${temporaryFolder()}/data`,
    OPENAI_API_KEY: 'sk-crash',
    OPENAI_BASE_URL: `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`,
  })
  const flow = hostileFlow(
    [
      {
        name: 'look',
        parameters: { type: 'object' },
        run: { kind: 'mock', result: 1 },
        annotations: { readOnlyHint: true },
      },
    ],
    { calls: CALLS, callsPerTurn: CALLS, concurrency: CALLS },
  )
  flow.agent.provider = 'openai-chat'

  const began = performance.now()
  const { runId } = (await (await server.call('POST', '/api/runs', { flow, input: 'Go.' })).json()) as { runId: string }
  const following = followRun(runId, async () => server)
  let isOver = false
  const over = following.finally(() => {
    isOver = true
  })
  let longest = 0
  let answers = 0
  while (!isOver) {
    const asked = performance.now()
    expect((await server.call('POST', '/api/flows', flow)).status).toBe(201)
    longest = Math.max(longest, performance.now() - asked)
    answers++
    await sleep(5)
  }
  const events = await over
  console.log(
    `10,000 calls in a real server: ${Math.round(performance.now() - began)} ms, ${events.length} events, ` +
      `${answers} saves beside it, the slowest in ${Math.round(longest)} ms`,
  )
  expect(logFaults(events, flow)).toEqual([])
  expect(runFromEvents(events).calls.filter(({ status }) => status === 'succeeded')).toHaveLength(CALLS)
  expect(longest).toBeLessThan(5000)
  expect(
    ((await (await server.call('GET', '/api/flows?limit=1000')).json()) as { items: unknown[] }).items.length,
  ).toBe(answers)
}, 90_000)
