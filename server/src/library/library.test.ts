import { type FlowDocument, InvalidFlow, type Model, type RunEvent, runFlow } from '@volley/server'
import { describe, expect, test } from 'vitest'

const place = { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] }
const flow = (more: Partial<FlowDocument> = {}, calls = ['Paris', 'Rome']): FlowDocument => ({
  format: 'volley.flow/1',
  name: 'Weather',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    settings: {
      pace: { firstTokenMs: 0, callMs: 0 },
      script: [{ calls: calls.map((city) => ({ tool: 'get_weather', arguments: { city } })) }, { text: 'Done.' }],
    },
  },
  tools: [{ name: 'get_weather', parameters: place, run: { kind: 'mock', result: 'mocked' } }],
  ...more,
})
const env = {}

describe('runFlow', () => {
  test('runs a flow with functions in place of its tools, both calls at once, and gives the record', async () => {
    let open = 0
    const both = Promise.withResolvers<void>()
    const events: RunEvent[] = []
    const run = await runFlow(flow(), {
      input: 'Weather?',
      env,
      tools: {
        get_weather: async ({ city }: { city: string }) => {
          if (++open === 2) both.resolve()
          await both.promise
          return { city, sky: 'clear' }
        },
      },
      onEvent: (event) => events.push(event),
    })
    expect([run.status, run.output]).toEqual(['succeeded', 'Done.'])
    expect(run.calls.map(({ result }) => result)).toEqual([
      { city: 'Paris', sky: 'clear' },
      { city: 'Rome', sky: 'clear' },
    ])
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, at) => at + 1))
    expect(events.at(-1)?.type).toBe('run.finished')
  })

  test('runs a tool without a function as the document says', async () => {
    const run = await runFlow(flow({}, ['Oslo']), { input: 'x', env })
    expect(run.calls[0]?.result).toBe('mocked')
  })

  test('gives what a function throws, and a result that is no JSON, to the model as that call’s error', async () => {
    const run = await runFlow(flow(), {
      input: 'x',
      env,
      tools: {
        get_weather: ({ city }: { city: string }) => {
          if (city === 'Paris') throw new Error('no station there')
          return 1n
        },
      },
    })
    expect(run.status).toBe('succeeded')
    expect(run.calls.map(({ error }) => [error?.code, error?.message])).toEqual([
      ['tool_error', 'no station there'],
      ['tool_error', expect.stringContaining('BigInt')],
    ])
  })

  test('hands the abort on to the functions, and the record says cancelled', async () => {
    const stop = new AbortController()
    const seen: boolean[] = []
    const run = await runFlow(flow({}, ['Oslo']), {
      input: 'x',
      env,
      signal: stop.signal,
      tools: {
        get_weather: (_args, { signal }) => {
          const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
          stop.abort()
          return aborted.then(() => seen.push(signal.aborted))
        },
      },
    })
    expect([run.status, seen]).toEqual(['cancelled', [true]])
    const before = await runFlow(flow({}, ['Oslo']), { input: 'x', env, signal: stop.signal })
    expect(before.status).toBe('cancelled')
  })

  test('refuses a bad document with every problem and its pointer', async () => {
    const bad = { ...flow(), tempo: 1, edges: [{ from: 'get_weather', to: 'nowhere', kind: 'order' }] }
    const fault = await runFlow(bad, { input: 'x', env }).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(InvalidFlow)
    expect((fault as InvalidFlow).problems.map(({ pointer }) => pointer).sort()).toEqual(['/edges/0/to', '/tempo'])
    const stray = runFlow(flow(), { input: 'x', env, tools: { get_wether: () => 1 } })
    await expect(stray).rejects.toThrow('the tool "get_wether", which the flow does not have: it has get_weather.')
  })

  test('runs on a model of the program’s own', async () => {
    const asked: string[] = []
    const parrot: Model = {
      async *stream({ system }) {
        asked.push(system)
        yield { type: 'text', text: 'Hello.' }
        yield { type: 'finished', stopReason: 'end', usage: { inputTokens: 1, outputTokens: 1 } }
      },
    }
    const agent = { provider: 'parrot', model: 'p', system: 'Speak {{tongue}}.', variables: { tongue: 'Latin' } }
    const options = { input: 'x', env, models: { parrot }, variables: { tongue: 'Norse' } }
    const run = await runFlow(flow({ agent }), options)
    expect([run.output, run.model]).toEqual(['Hello.', 'p'])
    expect(asked[0]).toContain('Speak Norse.')
  })

  test('asks before a call that needs approval, and refuses it where nobody is asked', async () => {
    const document = flow(
      {
        tools: [{ name: 'get_weather', parameters: place, run: { kind: 'mock' }, policy: { approval: 'always' } }],
      },
      ['Oslo', 'Rome'],
    )
    const tools = { get_weather: () => 'done' }
    const refused = await runFlow(document, { input: 'x', env, tools })
    expect(refused.calls.map(({ error }) => error?.code)).toEqual(['denied', 'denied'])
    const asked: unknown[] = []
    const decided = await runFlow(document, {
      input: 'x',
      env,
      tools,
      approve: (call) => asked.push(call) === 1,
    })
    expect(asked[0]).toEqual({ call: 1, tool: 'get_weather', arguments: { city: 'Oslo' } })
    expect(decided.calls.map(({ status }) => status)).toEqual(['succeeded', 'failed'])
  })

  test('ends with what onEvent or approve threw, and leaves nothing running', async () => {
    const throwing = () => {
      throw new Error('my own mistake')
    }
    await expect(runFlow(flow(), { input: 'x', env, onEvent: throwing })).rejects.toThrow('my own mistake')
    const document = flow({
      tools: [{ name: 'get_weather', parameters: place, run: { kind: 'mock' }, policy: { approval: 'always' } }],
    })
    await expect(runFlow(document, { input: 'x', env, approve: throwing })).rejects.toThrow('my own mistake')
  })

  test('hides the secrets it was given wherever they would show', async () => {
    const run = await runFlow(flow({}, ['Oslo']), {
      input: 'x',
      env,
      secrets: { KEY: 'hush-hush-hush', OTHER: undefined },
      tools: { get_weather: () => 'the key is hush-hush-hush' },
    })
    expect(run.calls[0]?.result).toBe('the key is ***')
  })
})
