import type { Overrides } from '@volley/shared/api.ts'
import { isObject } from '@volley/shared/lib/json.ts'

/**
 * The document with parts of its agent replaced for one run; settings are merged key by key. Mocks are put in later, by `withMocks`. The result is not checked: whatever an
 * override breaks is told by the check of the whole document.
 */
export function withOverrides(document: unknown, { settings, mockAll: _ofTools, ...parts }: Overrides): unknown {
  if (!isObject(document) || !isObject(document.agent)) return document
  const before = isObject(document.agent.settings) ? document.agent.settings : {}
  const agent = { ...document.agent, ...parts, ...(settings ? { settings: { ...before, ...settings } } : {}) }
  return { ...document, agent }
}
