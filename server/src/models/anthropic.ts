import Anthropic, { APIError } from '@anthropic-ai/sdk'
import type { Model } from '../engine/ports.ts'
import { createAnthropicAssembler } from './assemble/anthropic.ts'
import { type Endpoint, FETCH_OPTIONS, headersTimeout, makeClient } from './endpoint.ts'
import { toAnthropic } from './request/toAnthropic.ts'
import { streamMessage } from './streamMessage.ts'
import { withPictures } from './withPictures.ts'

/** A model behind the Anthropic Messages API or a server that speaks it. */
export function createAnthropicModel(endpoint: Endpoint): Model {
  const client = createClient(endpoint)
  return {
    stream: (request, signal, tell) =>
      withPictures(request, (asked) => {
        const body = toAnthropic(asked)
        return streamMessage({
          provider: endpoint.words,
          keys: [endpoint.apiKey],
          exchange: tell && { url: `${client.baseURL}/v1/messages`, body, tell },
          assembler: createAnthropicAssembler(endpoint.words.label),
          idleMs: asked.idleMs,
          signal,
          readFault: (error) => (error instanceof APIError ? error : undefined),
          send: (stop) =>
            client.messages.create(body, { signal: stop, timeout: headersTimeout(asked.idleMs) }).asResponse(),
        })
      }),
  }
}

/** The official client as transport alone: no retries, no logging, and nothing read from the environment behind our back. */
function createClient(endpoint: Endpoint): Anthropic {
  const { apiKey, baseURL, fetch, headers } = endpoint
  const make = () =>
    new Anthropic({
      apiKey,
      authToken: null,
      webhookKey: null,
      openTelemetry: false,
      baseURL: baseURL ?? 'https://api.anthropic.com',
      maxRetries: 0,
      logLevel: 'off',
      fetchOptions: FETCH_OPTIONS,
      ...(fetch ? { fetch } : {}),
      ...(headers ? { defaultHeaders: headers } : {}),
    })
  return makeClient(endpoint, 'ANTHROPIC_CUSTOM_HEADERS', make)
}
