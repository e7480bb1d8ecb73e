import { createOpenAI } from '@ai-sdk/openai'
import { isStepCount, streamText, tool } from 'ai'
import { INPUT, MOST_TURNS, parameters, SYSTEM } from './parameters.ts'
import type { Peer } from './peer.ts'

/** `ai`, streaming: it starts a tool when its call has been streamed. */
export const ai: Peer = ({ baseURL, tools, toolTimeoutMs }) => {
  const provider = createOpenAI({ baseURL, apiKey: 'none' })
  const set = Object.fromEntries(
    tools.map(({ name, description, execute }) => [
      name,
      tool({
        description,
        inputSchema: parameters,
        execute: (given, { abortSignal }) => execute(given, abortSignal),
      }),
    ]),
  )
  return async (model) => {
    const result = streamText({
      model: provider.chat(model),
      system: SYSTEM,
      prompt: INPUT,
      tools: set,
      stopWhen: isStepCount(MOST_TURNS),
      maxRetries: 0,
      onError: () => {},
      ...(toolTimeoutMs === undefined ? {} : { timeout: { toolMs: toolTimeoutMs } }),
    })
    return await result.text
  }
}
