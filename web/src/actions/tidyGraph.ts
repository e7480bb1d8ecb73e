import type { Edge, Flow, Point } from '@volley/shared/flow/flow.ts'
import { edgesOnCycles } from '@volley/shared/lib/graph.ts'
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import { AGENT } from '../state/sessionStore.ts'
import type { Places } from './arrangement.ts'
import { around, type Box, boxesOf } from './boxes.ts'
import { GAP_X, GAP_Y, HANDLE_Y, type Sizes } from './layout.ts'

// What "Tidy up" asks the layout engine, and what its answer means. Pure.

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': String(GAP_Y),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(GAP_X),
  'elk.layered.spacing.edgeNodeBetweenLayers': '32',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  // Where it makes no more crossings, tools stand in the order of the document: the same flow is always arranged the same way.
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
}

/** The nodes that are to be arranged: those of `keys`, or agent and all tools when none is given. */
export function tidyBoxes(flow: Flow, sizeOf: Sizes, keys: readonly string[] = []): Box[] {
  const isTidied = (key: string) => key === AGENT || flow.tools.some((tool) => tool.name === key)
  const boxes = boxesOf(flow, sizeOf).filter((box) => isTidied(box.key))
  const chosen = boxes.filter((box) => keys.includes(box.key))
  return chosen.length > 0 ? chosen : boxes
}

/** The graph to lay out: nodes with a handle on each side, and the edges between them, the agent's faint lines among them. */
export function tidyGraph(flow: Flow, boxes: readonly Box[]): ElkNode {
  const known = new Set(boxes.map((box) => box.key))
  const lines = [...linesOf(flow), ...flow.edges].filter(
    ({ from, to }) => from !== to && known.has(from) && known.has(to),
  )
  return {
    id: 'flow',
    layoutOptions: OPTIONS,
    children: boxes.map(({ key, width, height }) => ({
      id: key,
      width,
      height,
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
      ports: [
        { id: `${key} in`, x: 0, y: HANDLE_Y, width: 0, height: 0 },
        { id: `${key} out`, x: width, y: HANDLE_Y, width: 0, height: 0 },
      ],
    })),
    edges: lines.map(
      ({ from, to }, at): ElkExtendedEdge => ({ id: `e${at}`, sources: [`${from} out`], targets: [`${to} in`] }),
    ),
  }
}

/** Where the arranged nodes go. With the agent among them it stays where it stands, else their left upper corner does. */
export function tidyPlaces(arranged: ElkNode, boxes: readonly Box[]): Places {
  const nodes = (arranged.children ?? []).map(({ id, x = 0, y = 0 }) => ({ key: id, x, y, width: 0, height: 0 }))
  const anchorOf = (those: readonly Box[]): Point => those.find(({ key }) => key === AGENT) ?? around(those)
  const [from, to] = [anchorOf(nodes), anchorOf(boxes)]
  return Object.fromEntries(nodes.map(({ key, x, y }) => [key, { x: to.x + x - from.x, y: to.y + y - from.y }]))
}

/** From the agent to every tool that waits for none, as the canvas draws them. */
function linesOf(flow: Flow): Pick<Edge, 'from' | 'to'>[] {
  const names = flow.tools.map((tool) => tool.name)
  const onCycles = edgesOnCycles(names, flow.edges)
  const dependents = new Set(flow.edges.filter((edge) => !onCycles.has(edge)).map((edge) => edge.to))
  return names.filter((name) => !dependents.has(name)).map((to) => ({ from: AGENT, to }))
}
