import OpenAI, { APIError } from 'openai'
import { type Endpoint, FETCH_OPTIONS, makeClient } from './endpoint.ts'
import type { ApiFault } from './streamMessage.ts'

/** The official client as transport alone: no retries, no logging, and nothing read from the environment behind our back. */
export function createOpenaiClient(endpoint: Endpoint): OpenAI {
  const { apiKey, baseURL, fetch, headers } = endpoint
  const make = () =>
    new OpenAI({
      apiKey,
      baseURL: baseURL ?? 'https://api.openai.com/v1',
      organization: null,
      project: null,
      adminAPIKey: null,
      webhookSecret: null,
      maxRetries: 0,
      logLevel: 'off',
      fetchOptions: FETCH_OPTIONS,
      ...(fetch ? { fetch } : {}),
      ...(headers ? { defaultHeaders: headers } : {}),
    })
  return makeClient(endpoint, 'OPENAI_CUSTOM_HEADERS', make)
}

/** What the client throws when the world is at fault. */
export function readOpenaiFault(error: unknown): ApiFault | undefined {
  return error instanceof APIError ? error : undefined
}
