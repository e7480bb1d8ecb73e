import type { Flow, Point } from '@volley/shared/flow/flow.ts'
import { NODE_WIDTH } from '../actions/layout.ts'
import { AGENT } from '../state/sessionStore.ts'

// A flow with problems is drawn too: where an edge speaks of a tool that is not there, the drawing shows the gap, so that it can be closed.

const GAP_X = 120
const ROW = 96

/** The names that edges speak of and no tool has. */
export function missingEnds(flow: Flow): string[] {
  const known = new Set([AGENT, ...flow.tools.map((tool) => tool.name)])
  return [...new Set(flow.edges.flatMap(({ from, to }) => [from, to]))].filter((name) => !known.has(name))
}

/** Where each gap is shown: beside the other end of the first edge that names it, each a row lower than the one before. */
export function missingPlaces(flow: Flow, places: ReadonlyMap<string, Point>): [string, Point][] {
  return missingEnds(flow).map((name, row) => {
    const edge = flow.edges.find(({ from, to }) => from === name || to === name)
    const isSource = edge?.from === name
    const other = (edge && places.get(isSource ? edge.to : edge.from)) ?? { x: 0, y: 0 }
    const x = other.x + (NODE_WIDTH + GAP_X) * (isSource ? -1 : 1)
    return [name, { x, y: other.y + ROW * (row + 1) }]
  })
}
