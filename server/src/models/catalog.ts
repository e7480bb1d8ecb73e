// What is known about models by name: data, to be changed when providers change. A name that is not known here is used as it is.

export interface ProviderEntry {
  label: string
  /** Models offered first on the page; any other name may be typed. */
  models: readonly string[]
}

/** The providers that need no connection, in the order the page shows them. */
export const PROVIDERS = {
  simulated: { label: 'Simulated', models: ['simulated-1'] },
  openai: { label: 'OpenAI', models: ['gpt-5.5', 'gpt-5.4-mini', 'gpt-5.4-nano', 'gpt-4.1', 'gpt-4.1-mini'] },
  'openai-chat': {
    label: 'OpenAI (Chat Completions)',
    models: ['gpt-5.5', 'gpt-5.4-mini', 'gpt-5.4-nano', 'gpt-4.1', 'gpt-4.1-mini'],
  },
  anthropic: {
    label: 'Anthropic',
    models: ['claude-sonnet-5-5', 'claude-opus-5-5', 'claude-haiku-5-5', 'claude-sonnet-4-6'],
  },
} as const satisfies Record<string, ProviderEntry>

export type ProviderName = keyof typeof PROVIDERS

const OPENAI_REASONING = /^(?:o\d|gpt-[5-9]|codex-)(?!.*chat-latest)/
const ANTHROPIC_WITHOUT_TEMPERATURE = /^claude-(?:opus-4-[7-9]|mythos|fable|[a-z]+-[5-9])/

/** Whether a model thinks before it answers and hands its thoughts over sealed, to be given back. */
export function isOpenaiReasoningModel(model: string): boolean {
  return OPENAI_REASONING.test(model)
}

/** Whether a temperature may be sent: some models refuse a request that names one. */
export function takesTemperature(model: string): boolean {
  return !isOpenaiReasoningModel(model) && !ANTHROPIC_WITHOUT_TEMPERATURE.test(model)
}
