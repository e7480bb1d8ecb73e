import { AIMessageChunk } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { ToolNode, toolsCondition } from '@langchain/langgraph/prebuilt'
import { ChatOpenAI } from '@langchain/openai'
import { INPUT, MOST_TURNS, parameters, SYSTEM } from './parameters.ts'
import type { Peer } from './peer.ts'

/** `@langchain/langgraph`: a model and a tool node that call each other, with a streaming model. */
export const langgraph: Peer = ({ baseURL, tools, toolTimeoutMs }) => {
  const list = tools.map(({ name, description, execute }) =>
    tool(async (given, config) => JSON.stringify(await execute(given, config.signal)), {
      name,
      description,
      schema: parameters,
    }),
  )
  return async (model) => {
    const chat = new ChatOpenAI({ model, apiKey: 'none', maxRetries: 0, configuration: { baseURL } })
    const withTools = chat.bindTools(list)
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('model', async ({ messages }) => ({ messages: [await whole(await withTools.stream(messages))] }))
      .addNode('tools', new ToolNode(list))
      .addEdge(START, 'model')
      .addConditionalEdges('model', toolsCondition)
      .addEdge('tools', 'model')
      .compile()
    if (toolTimeoutMs !== undefined) graph.stepTimeout = toolTimeoutMs
    const messages = [
      { role: 'system', content: SYSTEM },
      { role: 'user', content: INPUT },
    ]
    const state = await graph.invoke({ messages }, { recursionLimit: 2 * MOST_TURNS })
    return state.messages.at(-1)?.text ?? ''
  }
}

/** A streamed message in one piece. (Asked to stream behind `invoke`, the library counts tokens with a table from the network.) */
async function whole(chunks: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk> {
  let message: AIMessageChunk | undefined
  for await (const chunk of chunks) message = message ? message.concat(chunk) : chunk
  return message ?? new AIMessageChunk('')
}
