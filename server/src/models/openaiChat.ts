import type { Model, ModelRequest } from '../engine/ports.ts'
import { createOpenaiChatAssembler } from './assemble/openaiChat.ts'
import { type Endpoint, headersTimeout } from './endpoint.ts'
import { createOpenaiClient, readOpenaiFault } from './openaiClient.ts'
import { toOpenaiChat } from './request/toOpenaiChat.ts'
import { streamMessage } from './streamMessage.ts'

/** A model behind the Chat Completions API of OpenAI or of a server that speaks it. `extraBody` adds fields of such a server. */
export function createOpenaiChatModel(
  endpoint: Endpoint,
  { extraBody = () => ({}) }: { extraBody?: (request: ModelRequest) => object } = {},
): Model {
  const client = createOpenaiClient(endpoint)
  // Servers that only speak the protocol know the older name of the limit.
  const newLimit = new URL(client.baseURL).hostname.endsWith('openai.com')
  return {
    stream: (request, signal, tell) => {
      const body = { ...toOpenaiChat(request, { newLimit }), ...extraBody(request) }
      return streamMessage({
        provider: endpoint.words,
        keys: [endpoint.apiKey],
        exchange: tell && { url: `${client.baseURL}/chat/completions`, body, tell },
        assembler: createOpenaiChatAssembler(endpoint.words.label),
        idleMs: request.idleMs,
        signal,
        readFault: readOpenaiFault,
        send: (stop) =>
          client.chat.completions.create(body, { signal: stop, timeout: headersTimeout(request.idleMs) }).asResponse(),
      })
    },
  }
}
