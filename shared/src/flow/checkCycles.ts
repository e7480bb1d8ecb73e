import { edgesOnCycles, successorsOf } from '../lib/graph.ts'
import { jsonPointer } from '../lib/json.ts'
import { edgeName } from './checkEdges.ts'
import type { Draft, DraftEdge } from './draft.ts'
import type { Problem } from './problem.ts'

/** Naming a cycle takes a search of the graph; a document that holds more of them is told about these first. */
const MOST_CYCLES = 100

/** Finds the order edges that lie on a cycle of tools, and names the shortest cycle of each: `a → b → a`. */
export function checkCycles(draft: Draft): Problem[] {
  const names = [...draft.toolNamed.keys()]
  const edges = draft.edges
    .filter(hasEnds)
    .filter(({ from, to }) => draft.toolNamed.has(from) && draft.toolNamed.has(to))
  const successors = successorsOf(names, edges)
  return [...edgesOnCycles(names, edges)]
    .filter((edge) => edge.kind === 'order')
    .slice(0, MOST_CYCLES)
    .map((edge) => {
      const cycle = [edge.from, ...shortestWay(successors, edge.to, edge.from)].join(' → ')
      const message = `The order edge ${edgeName(edge)} lies on the cycle ${cycle}, where only data edges can stand: make it a data edge, or remove an edge of the cycle.`
      return { pointer: jsonPointer(edge.path), message }
    })
}

function hasEnds(edge: DraftEdge): edge is DraftEdge & { from: string; to: string } {
  return edge.from !== null && edge.to !== null
}

/** The nodes from `start` to `goal`, both included. There is a way: both lie on one cycle. */
function shortestWay(successors: ReadonlyMap<string, readonly string[]>, start: string, goal: string): string[] {
  const cameFrom = new Map<string, string | null>([[start, null]])
  const open = [start]
  for (let next = 0; next < open.length && !cameFrom.has(goal); next++) {
    const node = open[next] as string
    for (const successor of successors.get(node) ?? []) {
      if (cameFrom.has(successor)) continue
      cameFrom.set(successor, node)
      open.push(successor)
    }
  }
  const way: string[] = []
  for (let node: string | null = goal; node !== null; node = cameFrom.get(node) ?? null) way.unshift(node)
  return way
}
