import type { Flow } from '@volley/shared/flow/flow.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import type { Attributes, Span } from './span.ts'

// What several spans say in the same way.

/** Our names of protocols are not the conventions' names of providers. */
export const modelAttributes = ({ provider, model }: RunState): Attributes => ({
  'gen_ai.provider.name': provider === 'openai-chat' ? 'openai' : provider,
  'gen_ai.request.model': model,
})

export const usageAttributes = ({ inputTokens, outputTokens, cachedTokens }: RunState['usage']): Attributes => ({
  'gen_ai.usage.input_tokens': inputTokens,
  'gen_ai.usage.output_tokens': outputTokens,
  ...(cachedTokens === undefined ? {} : { 'gen_ai.usage.cache_read.input_tokens': cachedTokens }),
})

export function settingsAttributes({ agent: { settings } }: Flow): Attributes {
  const { temperature, maxOutputTokens } = settings ?? {}
  return {
    ...(temperature === undefined ? {} : { 'gen_ai.request.temperature': temperature }),
    ...(maxOutputTokens === undefined ? {} : { 'gen_ai.request.max_tokens': maxOutputTokens }),
  }
}

export const errorOf = (type: string, message: string | undefined, withContent: boolean): Pick<Span, 'error'> => ({
  error: { type, ...(withContent && message !== undefined ? { message } : {}) },
})

export const faultAttributes = (
  { code, message }: { code: string; message: string },
  withContent: boolean,
): Attributes => ({
  'error.type': code,
  ...(withContent ? { 'error.message': message } : {}),
})
