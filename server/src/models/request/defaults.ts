import type { ModelSettings } from '@volley/shared/flow/flow.ts'
import { takesTemperature } from '../catalog.ts'

/** What left-out settings mean (contract 2). */
const DEFAULT_SETTINGS = { temperature: 0.2, maxOutputTokens: 2048, toolChoice: 'auto' } as const

/** The settings a request is made with; no temperature where the model is known to take none. */
export function settingsFor(model: string, settings: ModelSettings) {
  const { temperature, maxOutputTokens, toolChoice } = { ...DEFAULT_SETTINGS, ...settings }
  return { temperature: takesTemperature(model) ? temperature : undefined, maxOutputTokens, toolChoice }
}
