import type { Model } from '../engine/ports.ts'
import type { Endpoint } from './endpoint.ts'
import { anthropicModel } from './loadedLater.ts'
import { createOpenaiChatModel } from './openaiChat.ts'
import { createOpenaiResponsesModel } from './openaiResponses.ts'

/** A model endpoint that someone stored under a name. */
export interface ModelConnection {
  name: string
  kind: 'openai' | 'openai-chat' | 'anthropic'
  baseUrl?: string
  /** Left out where the endpoint asks for none, as models on one's own machine do. */
  apiKey?: string
}

/** The model behind a stored connection; every problem names the connection. */
export function createConnectionModel(
  { name, kind, baseUrl, apiKey }: ModelConnection,
  { fetch }: { fetch?: typeof globalThis.fetch } = {},
): Model {
  const endpoint: Endpoint = {
    words: {
      label: `The connection "${name}"`,
      keyAdvice: `Check the key of the connection "${name}".`,
      addressAdvice: `Check the address of the connection "${name}" and that its server is running.`,
    },
    apiKey: apiKey === undefined || apiKey === '' ? 'none' : apiKey,
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    isElsewhere: true,
    ...(fetch ? { fetch } : {}),
  }
  if (kind === 'anthropic') return anthropicModel(endpoint)
  return kind === 'openai' ? createOpenaiResponsesModel(endpoint) : createOpenaiChatModel(endpoint)
}
