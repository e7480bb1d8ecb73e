import type { Flow, Tool } from '@volley/shared/flow/flow.ts'
import { isObject } from '@volley/shared/lib/json.ts'

/**
 * A first message for a flow: it names a tool that waits for no other and three things to use it on, so that the run shows
 * calls going together. Null for a flow without tools.
 */
export function suggestPrompt(flow: Pick<Flow, 'tools' | 'edges'>): string | null {
  const tool = flow.tools.find((one) => !flow.edges.some((edge) => edge.to === one.name)) ?? flow.tools[0]
  if (!tool) return null
  return `Use ${tool.name} for ${thingsFor(parameterNames(tool))}.`
}

const THINGS: [RegExp, string][] = [
  [/city|place|location|town|address|destination|where/i, 'San Francisco, New York and Chicago'],
  [/country|nation/i, 'Japan, Kenya and Norway'],
  [/currency|money/i, 'USD, EUR and GBP'],
  [/zone/i, 'Europe/Berlin, Asia/Tokyo and America/New_York'],
  [/query|question|topic|search|text|subject|keyword/i, 'solar, wind and tidal power'],
  [/symbol|ticker|stock|company/i, 'AAPL, MSFT and NVDA'],
  [/mail|user|person|name|customer/i, 'Ada, Grace and Alan'],
  [/url|link|site|page/i, 'example.com, example.org and example.net'],
  [/date|day|when/i, 'today, tomorrow and Sunday'],
]

function thingsFor(names: readonly string[]): string {
  for (const name of names) {
    const found = THINGS.find(([pattern]) => pattern.test(name))
    if (found) return found[1]
  }
  return 'alpha, beta and gamma'
}

function parameterNames(tool: Tool): string[] {
  const { properties } = tool.parameters
  return isObject(properties) ? Object.keys(properties) : []
}
