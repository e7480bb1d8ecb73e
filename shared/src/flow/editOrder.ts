import type { Flow } from './flow.ts'

// The order of the tools in the document: the order in which the model reads them.

/** Lets two tools change places in the list. Names that no tool has change nothing. */
export function swapTools(flow: Flow, one: string, other: string): Flow {
  const first = flow.tools.find(({ name }) => name === one)
  const second = flow.tools.find(({ name }) => name === other)
  if (!first || !second || first === second) return flow
  return { ...flow, tools: flow.tools.map((tool) => (tool === first ? second : tool === second ? first : tool)) }
}
