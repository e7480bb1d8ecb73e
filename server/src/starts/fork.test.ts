import { expect, test } from 'vitest'
import { realServer } from '../testing/realServer.ts'

/** Looks up the tide, then sails by it: the second turn takes what the first one found. */
const flow = {
  format: 'volley.flow/1',
  name: 'Pilot',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    settings: {
      script: [
        {
          text: 'I look it up.',
          calls: [
            { tool: 'tide', arguments: { at: 'noon' } },
            { tool: 'wind', arguments: {} },
          ],
        },
        { calls: [{ tool: 'sail', arguments: { metres: { from_call: 1, path: 'metres' } } }] },
        { text: 'We sail.' },
      ],
      pace: { firstTokenMs: 0, callMs: 0 },
    },
  },
  tools: [
    {
      name: 'tide',
      parameters: { type: 'object', properties: { at: {} } },
      run: { kind: 'mock', result: { metres: 2 } },
    },
    { name: 'wind', parameters: { type: 'object' }, run: { kind: 'mock', error: 'The mast is down.', latencyMs: 900 } },
    {
      name: 'sail',
      parameters: { type: 'object', properties: { metres: { type: 'number' } } },
      run: { kind: 'mock', result: { depth: '{{metres}}' } },
    },
  ],
  edges: [{ from: 'tide', to: 'sail', kind: 'data' }],
}

test('a fork keeps the first turns as they were, but for the results that were edited, and goes on live', async () => {
  const { call, ended } = await realServer()
  const first = await ended((await call('POST', '/api/runs', { flow, input: 'Sail.' })).body.runId)
  expect(first.calls[2]).toMatchObject({ tool: 'sail', result: { depth: 2 } })

  const { runId } = (
    await call('POST', `/api/runs/${first.id}/fork`, { turns: 1, results: [{ call: 1, result: { metres: 9 } }] })
  ).body
  const fork = await ended(runId)
  expect(fork).toMatchObject({ forked: { run: first.id, turns: 1 }, input: 'Sail.', output: 'We sail.' })
  expect(fork.turns[0]?.text).toBe('I look it up.')
  expect(fork.calls.map(({ tool, result, error }) => [tool, result ?? error?.message])).toEqual([
    ['tide', { metres: 9 }],
    ['wind', 'The mast is down.'],
    ['sail', { depth: 9 }],
  ])
  // What is kept was not executed again: the recorded failure takes no time.
  expect(fork.calls[1]?.durationMs ?? 0).toBeLessThan(600)

  // A fork can be forked, and a turn kept that was live in it.
  const again = (await call('POST', `/api/runs/${fork.id}/fork`, { turns: 2, results: [] })).body
  expect((await ended(again.runId)).calls[2]).toMatchObject({ tool: 'sail', result: { depth: 9 } })
})

test('where a run cannot be forked a sentence says why', async () => {
  const { call, ended } = await realServer()
  const { id } = await ended((await call('POST', '/api/runs', { flow, input: 'Sail.' })).body.runId)
  const refused = async (run: string, body: object) => {
    const { status, body: answer } = await call('POST', `/api/runs/${run}/fork`, body)
    return `${status} ${answer.error.message}`
  }
  expect(await refused(id, { turns: 4 })).toMatch(/^422 .*3 turns that have ended: 4 cannot be kept/)
  expect(await refused(id, { turns: 3 })).toMatch(/^422 .*its answer: nothing would follow it/)
  expect(await refused(id, { turns: 1, results: [{ call: 3, result: 1 }] })).toMatch(/^422 Call 3 is in none/)
  expect(await refused('nobody', { turns: 1 })).toMatch(/^404 /)
  const batch = (await call('POST', '/api/batches', { flow, calls: [{ tool: 'tide', arguments: {} }] })).body.runId
  await ended(batch)
  expect(await refused(batch, { turns: 1 })).toMatch(/^422 .*written by hand/)
})

test('what was said before goes to the model ahead of the message, and a replay says it again', async () => {
  const { call, ended } = await realServer()
  const messages = [
    { role: 'user', text: 'Is the harbour open?' },
    { role: 'assistant', text: 'It is.' },
  ]
  const begun = await call('POST', '/api/runs', { flow, input: 'Sail.', messages })
  const run = await ended(begun.body.runId)
  expect(run).toMatchObject({ messages, output: 'We sail.' })
  const shown = (await call('GET', `/api/runs/${run.id}/messages`)).body.messages
  expect(shown.map(({ role, turn, text }: Record<string, unknown>) => [role, turn, text]).slice(0, 4)).toEqual([
    ['user', 0, 'Is the harbour open?'],
    ['assistant', 0, 'It is.'],
    ['user', 0, 'Sail.'],
    ['assistant', 1, 'I look it up.'],
  ])
  const replay = await call('POST', `/api/runs/${run.id}/replay`, { model: 'recorded', tools: 'recorded' })
  expect(await ended(replay.body.runId)).toMatchObject({ messages, output: 'We sail.', calls: { length: 3 } })

  const lone = await call('POST', '/api/runs', { flow, input: 'Sail.', messages: messages.slice(0, 1) })
  expect(lone.status).toBe(422)
  expect(JSON.stringify(lone.body)).toContain('in turn')
})
