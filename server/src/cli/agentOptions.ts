import type { Overrides } from '@volley/shared/api.ts'
import { PARALLELISMS } from '@volley/shared/flow/flow.ts'
import { oneOf } from './arguments.ts'
import { UsageError } from './terminal.ts'

/** Options that put other parts into the agent for one command. */
export const AGENT_OPTIONS = {
  var: { type: 'string', multiple: true },
  provider: { type: 'string' },
  model: { type: 'string' },
  parallelism: { type: 'string' },
} as const

export function variablesOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new UsageError(`--var "${pair}" must look like name=value`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}

export function overridesOf(values: { provider?: string; model?: string; parallelism?: string }): Overrides {
  const { provider, model, parallelism } = values
  return {
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
    ...(parallelism === undefined ? {} : { parallelism: oneOf('parallelism', parallelism, PARALLELISMS) }),
  }
}
