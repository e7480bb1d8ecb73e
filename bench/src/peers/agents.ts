import { Agent, OpenAIProvider, Runner, tool } from '@openai/agents'
import { INPUT, MOST_TURNS, parameters, SYSTEM } from './parameters.ts'
import type { Peer } from './peer.ts'

/** `@openai/agents`, streaming, over Chat Completions, without tracing. */
export const agents: Peer = ({ baseURL, tools, toolTimeoutMs }) => {
  const runner = new Runner({
    modelProvider: new OpenAIProvider({ baseURL, apiKey: 'none', useResponses: false }),
    tracingDisabled: true,
  })
  const list = tools.map(({ name, description, execute }) =>
    tool({
      name,
      description,
      parameters,
      execute: async (given, _context, details) => JSON.stringify(await execute(given, details?.signal)),
      ...(toolTimeoutMs === undefined ? {} : { timeoutMs: toolTimeoutMs }),
    }),
  )
  return async (model) => {
    const agent = new Agent({ name: 'bench', instructions: SYSTEM, model, tools: list })
    const result = await runner.run(agent, INPUT, { stream: true, maxTurns: MOST_TURNS })
    for await (const _event of result);
    await result.completed
    if (result.error) throw result.error
    return String(result.finalOutput ?? '')
  }
}
