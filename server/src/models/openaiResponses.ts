import type { Model } from '../engine/ports.ts'
import { createOpenaiResponsesAssembler } from './assemble/openaiResponses.ts'
import { type Endpoint, headersTimeout } from './endpoint.ts'
import { createOpenaiClient, readOpenaiFault } from './openaiClient.ts'
import { toOpenaiResponses } from './request/toOpenaiResponses.ts'
import { streamMessage } from './streamMessage.ts'
import { withPictures } from './withPictures.ts'

/** A model behind the Responses API of OpenAI or of a server that speaks it. */
export function createOpenaiResponsesModel(endpoint: Endpoint): Model {
  const client = createOpenaiClient(endpoint)
  return {
    stream: (request, signal, tell) =>
      withPictures(request, (asked) => {
        const body = toOpenaiResponses(asked)
        return streamMessage({
          provider: endpoint.words,
          keys: [endpoint.apiKey],
          exchange: tell && { url: `${client.baseURL}/responses`, body, tell },
          assembler: createOpenaiResponsesAssembler(endpoint.words.label),
          idleMs: asked.idleMs,
          signal,
          readFault: readOpenaiFault,
          send: (stop) =>
            client.responses.create(body, { signal: stop, timeout: headersTimeout(asked.idleMs) }).asResponse(),
        })
      }),
  }
}
