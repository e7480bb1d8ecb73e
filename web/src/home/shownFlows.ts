import type { SavedFlow } from '@volley/shared/api.ts'

export const FLOW_ORDERS = ['changed', 'name', 'tools'] as const
export type FlowOrder = (typeof FLOW_ORDERS)[number]

/** The flows that hold every word, by name, description or a tool's name, in an order. Names sort as people count: 2 before 10. */
export function shownFlows(
  flows: readonly SavedFlow[],
  { words, order }: { words: string; order: FlowOrder },
): SavedFlow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const found = flows.filter((saved) => {
    const text = textOf(saved)
    return wanted.every((word) => text.includes(word))
  })
  return found.sort((one, other) => COMPARE[order](one, other) || byName(one, other))
}

const byName = (one: SavedFlow, other: SavedFlow) =>
  one.flow.name.localeCompare(other.flow.name, 'en', { numeric: true, sensitivity: 'base' })

const COMPARE: Record<FlowOrder, (one: SavedFlow, other: SavedFlow) => number> = {
  changed: (one, other) => Date.parse(other.updatedAt) - Date.parse(one.updatedAt),
  name: byName,
  tools: (one, other) => (other.flow.tools?.length ?? 0) - (one.flow.tools?.length ?? 0),
}

function textOf({ flow }: SavedFlow): string {
  return [flow.name, flow.description ?? '', ...(flow.tools ?? []).map((tool) => tool.name)].join('\n').toLowerCase()
}
