import { err, ok } from '@volley/shared/lib/result.ts'
import type { FoundModel, Model, Models } from '../engine/ports.ts'
import { PROVIDERS, type ProviderName } from './catalog.ts'
import type { Endpoint } from './endpoint.ts'
import { anthropicModel } from './loadedLater.ts'
import { createOpenaiChatModel } from './openaiChat.ts'
import { createOpenaiResponsesModel } from './openaiResponses.ts'
import { createSimulatedModel } from './simulated.ts'

/** The environment variables that models are reached with, as the official clients read them. */
export interface ModelEnvironment {
  OPENAI_API_KEY?: string | undefined
  OPENAI_BASE_URL?: string | undefined
  OPENAI_ORG_ID?: string | undefined
  OPENAI_PROJECT_ID?: string | undefined
  ANTHROPIC_API_KEY?: string | undefined
  ANTHROPIC_BASE_URL?: string | undefined
}

/** A provider as the page offers it. */
export interface ProviderDescription {
  name: string
  label: string
  available: boolean
  /** Why it is not available, and the way out. */
  reason?: string
  models: readonly string[]
}

export interface ModelsWithDescription extends Models {
  find(provider: string): FoundModel
  describe(): ProviderDescription[]
}

/** Every model that can be reached from this environment. */
export function createModels({
  env,
  fetch,
}: {
  env: ModelEnvironment
  fetch?: typeof globalThis.fetch
}): ModelsWithDescription {
  const made = new Map<ProviderName, Model>()
  const missing = (name: ProviderName): string | undefined => {
    if (name === 'simulated') return undefined
    const { key: variable, address } = VARIABLES[name]
    const url = set(env[address])
    if (url !== undefined && !URL.canParse(url))
      return `The environment variable ${address} is no address: it must begin with https:// or http://.`
    if (set(env[variable])) return undefined
    return `${PROVIDERS[name].label} needs a key: set the environment variable ${variable} and start Volley again, or choose the provider "simulated".`
  }
  const make = (name: ProviderName): Model => {
    if (name === 'simulated') return createSimulatedModel()
    if (name === 'anthropic') return anthropicModel(anthropicEndpoint(env, fetch))
    const endpoint = openaiEndpoint(env, fetch)
    return name === 'openai' ? createOpenaiResponsesModel(endpoint) : createOpenaiChatModel(endpoint)
  }

  return {
    find(provider) {
      if (!isProvider(provider)) {
        const names = Object.keys(PROVIDERS).join(', ')
        return err({
          code: 'not_found',
          message: `There is no provider "${provider}". Choose one of ${names}, or add a connection of this name.`,
        })
      }
      const reason = missing(provider)
      if (reason !== undefined) return err({ code: 'unauthorized', message: reason })
      const model = made.get(provider) ?? make(provider)
      made.set(provider, model)
      return ok(model)
    },
    describe: () =>
      Object.keys(PROVIDERS)
        .filter(isProvider)
        .map((name) => {
          const reason = missing(name)
          const { label, models } = PROVIDERS[name]
          return { name, label, models, available: reason === undefined, ...(reason === undefined ? {} : { reason }) }
        }),
  }
}

const OPENAI = { key: 'OPENAI_API_KEY', address: 'OPENAI_BASE_URL' } as const
const VARIABLES = {
  openai: OPENAI,
  'openai-chat': OPENAI,
  anthropic: { key: 'ANTHROPIC_API_KEY', address: 'ANTHROPIC_BASE_URL' },
} as const

function isProvider(name: string): name is ProviderName {
  return Object.hasOwn(PROVIDERS, name)
}

/** The value of a variable, if it has one: the official clients take an empty one as not set, too. */
function set(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim()
}

function openaiEndpoint(env: ModelEnvironment, fetch?: typeof globalThis.fetch): Endpoint {
  const [organization, project] = [set(env.OPENAI_ORG_ID), set(env.OPENAI_PROJECT_ID)]
  return {
    words: {
      label: 'OpenAI',
      keyAdvice: 'Check the key in the environment variable OPENAI_API_KEY.',
      addressAdvice: 'Check the network, and the environment variable OPENAI_BASE_URL if it is set.',
    },
    apiKey: set(env.OPENAI_API_KEY) ?? '',
    headers: {
      ...(organization ? { 'OpenAI-Organization': organization } : {}),
      ...(project ? { 'OpenAI-Project': project } : {}),
    },
    ...rest(env.OPENAI_BASE_URL, fetch),
  }
}

function anthropicEndpoint(env: ModelEnvironment, fetch?: typeof globalThis.fetch): Endpoint {
  return {
    words: {
      label: 'Anthropic',
      keyAdvice: 'Check the key in the environment variable ANTHROPIC_API_KEY.',
      addressAdvice: 'Check the network, and the environment variable ANTHROPIC_BASE_URL if it is set.',
    },
    apiKey: set(env.ANTHROPIC_API_KEY) ?? '',
    ...rest(env.ANTHROPIC_BASE_URL, fetch),
  }
}

function rest(url: string | undefined, fetch: typeof globalThis.fetch | undefined) {
  const baseURL = set(url)
  return { ...(baseURL ? { baseURL } : {}), ...(fetch ? { fetch } : {}) }
}
