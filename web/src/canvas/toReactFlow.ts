import type { Flow, Edge as FlowEdge, Group, Note, Point, Tool } from '@volley/shared/flow/flow.ts'
import { edgesOnCycles } from '@volley/shared/lib/graph.ts'
import type { Edge, Node } from '@xyflow/react'
import { groupFrames } from '../actions/groupFrames.ts'
import { NODE_WIDTH, placesOf, type Size } from '../actions/layout.ts'
import { AGENT, edgeKey, groupKey, noteKey } from '../state/sessionStore.ts'
import { labelPlaces } from './labelPlaces.ts'
import { missingEnds, missingPlaces } from './missingEnds.ts'
import { AGENT_HANDLES, expectedSize, TOOL_HANDLES } from './nodeSizes.ts'

export type ToolNodeType = Node<{ tool: Tool }, 'tool'>
export type AgentNodeType = Node<{ agent: Flow['agent'] }, 'agent'>
export type NoteNodeType = Node<{ note: Note }, 'note'>
export type GroupNodeType = Node<{ group: Group }, 'frame'>
/** What an edge speaks of, and no tool is. */
export type MissingNodeType = Node<{ name: string }, 'missing'>
export type CanvasNode = ToolNodeType | AgentNodeType | NoteNodeType | GroupNodeType | MissingNodeType
/** `labelAt`: where on its curve the label stands, as a share of the way. */
export type DependencyEdgeType = Edge<{ edge: FlowEdge; labelAt: number }, 'dependency'>
export type AgentLineType = Edge<Record<string, never>, 'agentLine'>
export type CanvasEdge = DependencyEdgeType | AgentLineType

export interface Drawing {
  nodes: CanvasNode[]
  edges: CanvasEdge[]
}

/** What the drawing needs beside the document: what is selected, and how large each node came out. */
export interface DrawingInput {
  flow: Flow
  selection: readonly string[]
  sizes: ReadonlyMap<string, Size>
}

/**
 * Makes the function that turns a flow into React Flow's nodes and edges. It remembers what it gave last: a node or edge of which
 * nothing changed is the very same object, so that a change repaints only what it changed. Run status is no part of this.
 */
export function createToReactFlow(): (input: DrawingInput) => Drawing {
  let lastNodes = new Map<string, CanvasNode>()
  let lastEdges = new Map<string, CanvasEdge>()
  return ({ flow, selection, sizes }) => {
    const selected = new Set(selection)
    const nodes = drawNodes(flow, selected, sizes).map((node) => keepSame(lastNodes.get(node.id), node))
    const edges = drawEdges(flow, selected).map((edge) => keepSame(lastEdges.get(edge.id), edge))
    lastNodes = new Map(nodes.map((node) => [node.id, node]))
    lastEdges = new Map(edges.map((edge) => [edge.id, edge]))
    return { nodes, edges }
  }
}

function drawNodes(flow: Flow, selected: ReadonlySet<string>, sizes: ReadonlyMap<string, Size>): CanvasNode[] {
  const places = placesOf(flow)
  const common = (id: string, position: Point) => {
    const measured = sizes.get(id)
    return { id, position, selected: selected.has(id), ...(measured ? { measured } : {}) }
  }
  return [
    ...groupFrames(flow, places, sizes).map(
      ({ group, x, y, width, height }): GroupNodeType => ({
        id: groupKey(group.id),
        type: 'frame',
        position: { x, y },
        width,
        height,
        // Behind edges and tools. Its tools are what is selected, never the frame.
        zIndex: -1,
        selectable: false,
        data: { group },
      }),
    ),
    {
      measured: expectedSize(flow.agent.system ?? ''),
      ...common(AGENT, placeOf(places, AGENT)),
      handles: AGENT_HANDLES,
      type: 'agent',
      data: { agent: flow.agent },
      deletable: false,
    },
    ...flow.tools.map(
      (tool): ToolNodeType => ({
        measured: expectedSize(tool.description ?? ''),
        ...common(tool.name, placeOf(places, tool.name)),
        handles: TOOL_HANDLES,
        type: 'tool',
        data: { tool },
      }),
    ),
    ...missingPlaces(flow, places).map(
      ([name, position]): MissingNodeType => ({
        id: name,
        type: 'missing',
        position,
        width: NODE_WIDTH,
        selectable: false,
        draggable: false,
        data: { name },
      }),
    ),
    ...flow.notes.map(
      (note): NoteNodeType => ({ ...common(noteKey(note.id), { x: note.x, y: note.y }), type: 'note', data: { note } }),
    ),
  ]
}

function drawEdges(flow: Flow, selected: ReadonlySet<string>): CanvasEdge[] {
  const names = flow.tools.map((tool) => tool.name)
  const drawable = new Set([...names, ...missingEnds(flow)])
  const onCycles = edgesOnCycles(names, flow.edges)
  const dependents = new Set(flow.edges.filter((edge) => !onCycles.has(edge)).map((edge) => edge.to))
  const lines = names
    .filter((name) => !dependents.has(name))
    .map(
      (name): AgentLineType => ({
        id: `${AGENT}→${name}`,
        type: 'agentLine',
        source: AGENT,
        target: name,
        data: {},
        selectable: false,
        focusable: false,
        deletable: false,
      }),
    )
  const labels = labelPlaces(
    flow.edges.map((edge) => ({ id: edgeKey(edge), from: edge.from, to: edge.to })),
    placesOf(flow),
  )
  const drawn = new Map<string, DependencyEdgeType>()
  for (const edge of flow.edges) {
    const id = edgeKey(edge)
    if (!drawable.has(edge.from) || !drawable.has(edge.to) || drawn.has(id)) continue
    drawn.set(id, {
      id,
      type: 'dependency',
      source: edge.from,
      target: edge.to,
      data: { edge, labelAt: labels.get(id) ?? 0.5 },
      selected: selected.has(id),
      ariaLabel: `${edge.to} ${edge.kind === 'data' ? 'takes values of' : 'runs after'} ${edge.from}`,
    })
  }
  return [...lines, ...drawn.values()]
}

function placeOf(places: ReadonlyMap<string, Point>, key: string): Point {
  return places.get(key) ?? { x: 0, y: 0 }
}

/** The earlier object when the new one says the same, one level into `data` and `position`. */
function keepSame<Thing extends CanvasNode | CanvasEdge>(before: Thing | undefined, after: Thing): Thing {
  return before && isSame(before, after, 2) ? before : after
}

function isSame(one: object, other: object, depth: number): boolean {
  const entries = Object.entries(one)
  const others = other as Record<string, unknown>
  if (entries.length !== Object.keys(other).length) return false
  return entries.every(([key, value]) => {
    const twin = others[key]
    if (value === twin) return true
    const isPlain = (key === 'data' || key === 'position' || key === 'measured') && depth > 1
    return isPlain && value !== null && typeof value === 'object' && !!twin && isSame(value, twin as object, depth - 1)
  })
}
