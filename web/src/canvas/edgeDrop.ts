import { insertOnEdge } from '@volley/shared/flow/editEdges.ts'
import type { Edge, Point } from '@volley/shared/flow/flow.ts'
import { create } from 'zustand'
import { joinTool } from '../actions/joinTool.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { edgeKey } from '../state/sessionStore.ts'
import { toast } from '../ui/toast.tsx'

// A tool that is dragged over an edge, from the palette or on the canvas, is put on it when it is let go there.

interface EdgeDropStore {
  /** The edge that is aimed at now. */
  edge: Edge | null
  aim(edge: Edge | null): void
}

export const useEdgeDrop = create<EdgeDropStore>((set, get) => ({
  edge: null,
  aim: (edge) => {
    if (get().edge !== edge) set({ edge })
  },
}))

/** The edge at a point of the screen, also where a dragged node lies over it. */
export function edgeUnder({ x, y }: Point): Edge | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const id =
      element.closest<HTMLElement>('[data-edge]')?.dataset.edge ??
      element.closest('.react-flow__edge')?.getAttribute('data-id')
    const edge = id && currentFlow().edges.find((one) => edgeKey(one) === id)
    if (edge) return edge
  }
  return null
}

/** Aims at the edge under the pointer while one tool without edges is dragged. */
export function aimWithNodes(point: Point, dragged: readonly { id: string }[]) {
  const [only] = dragged
  const { edges } = currentFlow()
  const isLoose = only && dragged.length === 1 && !edges.some(({ from, to }) => from === only.id || to === only.id)
  const edge = isLoose ? edgeUnder(point) : null
  useEdgeDrop.getState().aim(edge && only && insertOnEdge(currentFlow(), edge, only.id).ok ? edge : null)
}

/** Puts the dragged tool on the edge that was aimed at: with its way there one step. */
export function dropOnEdge(name: string) {
  const { edge, aim } = useEdgeDrop.getState()
  if (!edge) return
  aim(null)
  const joined = joinTool(currentFlow(), name, { is: 'between', edge })
  if (!joined.ok) return
  const { flow, news } = joined.value
  useFlowStore.getState().change(`Put ${name} between ${edge.from} and ${edge.to}`, () => flow, 'drag')
  if (news) toast.say(news.message, news.more)
}
