import {
  Background,
  BackgroundVariant,
  Panel as Corner,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  type OnConnectEnd,
  type OnNodeDrag,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Size } from '../actions/layout.ts'
import { nameOf } from '../actions/stepNames.ts'
import { currentFlow, useFlow, useFlowStore } from '../state/flowStore.ts'
import { useRunStore } from '../state/runStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { offerCanvas } from '../state/view.ts'
import { AgentNode } from './AgentNode.tsx'
import { askOnDoubleClick, onPaletteDrop, onPaletteOver, pointOf } from './addAtPointer.ts'
import { type CanvasMode, CanvasToolbar } from './CanvasToolbar.tsx'
import { ConnectionLabel } from './ConnectionLabel.tsx'
import { canConnect, onConnect, onConnectEnd, onConnectStart } from './connecting.ts'
import { AgentLine, DependencyEdge } from './DependencyEdge.tsx'
import { EmptyHint } from './EmptyHint.tsx'
import { aimWithNodes, dropOnEdge, useEdgeDrop } from './edgeDrop.ts'
import { fromReactFlow, moveNodes } from './fromReactFlow.ts'
import { GroupNode } from './GroupNode.tsx'
import { MiniMapNode } from './MiniMapNode.tsx'
import { MissingNode } from './MissingNode.tsx'
import { NoteNode } from './NoteNode.tsx'
import { useLastPointer } from './pointer.ts'
import { QuickAddPlace } from './QuickAddPlace.tsx'
import { isCrowded } from './runOnCanvas.ts'
import { ToolNode } from './ToolNode.tsx'
import { type CanvasEdge, type CanvasNode, createToReactFlow } from './toReactFlow.ts'
import './canvas.css'

const NODE_TYPES = { tool: ToolNode, agent: AgentNode, note: NoteNode, frame: GroupNode, missing: MissingNode }
const EDGE_TYPES = { dependency: DependencyEdge, agentLine: AgentLine }
/** How much of the canvas's foot the toolbar and the small map cover. */
const UNDER = 116
const FIT = { maxZoom: 1, padding: { top: '32px', bottom: `${UNDER}px`, left: '32px', right: '32px' } } as const
/** An empty canvas has the agent at its left, with room for what will be drawn beside it. */
const BLANK_VIEW = { x: 48, y: 180, zoom: 1 }

/** The drawing of the flow: its nodes and edges, and all that a pointer does to them. */
export function Canvas() {
  const crowded = useRunStore((store) => isCrowded(store.run))
  return (
    <section aria-label="Canvas" data-crowded={crowded || undefined} className="relative h-full min-h-0 bg-canvas">
      <ReactFlowProvider>
        <Drawing />
      </ReactFlowProvider>
      <EmptyHint />
      <QuickAddPlace />
    </section>
  )
}

function Drawing() {
  const flow = useFlow((document) => document)
  const selection = useSessionStore((store) => store.selection)
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map())
  const [mode, setMode] = useState<CanvasMode>('select')
  const draw = useRef(createToReactFlow())
  const { nodes, edges } = useMemo(() => draw.current({ flow, selection, sizes }), [flow, selection, sizes])
  const isBlank = useRef(flow.tools.length === 0 && flow.notes.length === 0)
  const instance = useReactFlow<CanvasNode, CanvasEdge>()
  useOfferedCanvas()

  const onChanges = useCallback((changes: (NodeChange<CanvasNode> | EdgeChange<CanvasEdge>)[]) => {
    const session = useSessionStore.getState()
    const change = fromReactFlow(changes, session.selection)
    if (change.selection) session.select(change.selection)
    if (change.sizes.size > 0) setSizes((before) => new Map([...before, ...change.sizes]))
    const moved = Object.keys(change.moved)
    if (moved.length > 0)
      useFlowStore
        .getState()
        .change(`Move ${nameOf(currentFlow(), moved)}`, (now) => moveNodes(now, change.moved), 'drag')
    if (!change.isDragEnd) return
    if (moved[0] !== undefined) dropOnEdge(moved[0])
    useFlowStore.getState().seal()
  }, [])
  const onEnd: OnConnectEnd = useCallback(
    (event, state) => onConnectEnd(event, state, instance.screenToFlowPosition),
    [instance],
  )

  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onNodesChange={onChanges}
      onEdgesChange={onChanges}
      onMoveStart={onMoveStart}
      onMoveEnd={onMoveEnd}
      onConnectStart={onConnectStart}
      onConnect={onConnect}
      onConnectEnd={onEnd}
      isValidConnection={canConnect}
      onDoubleClick={(event) => askOnDoubleClick(event, instance.screenToFlowPosition(pointOf(event)))}
      onNodeDrag={onNodeDrag}
      onDragOver={onPaletteOver}
      onDragLeave={() => useEdgeDrop.getState().aim(null)}
      onDrop={(event) => onPaletteDrop(event, instance.screenToFlowPosition(pointOf(event)))}
      {...(isBlank.current ? { defaultViewport: BLANK_VIEW } : { fitView: true, fitViewOptions: FIT })}
      minZoom={0.1}
      maxZoom={2}
      nodesFocusable={false}
      edgesFocusable={false}
      deleteKeyCode={null}
      multiSelectionKeyCode={MULTI}
      selectionOnDrag={mode === 'select'}
      panOnDrag={mode === 'pan' ? true : MIDDLE}
      panOnScroll
      zoomOnDoubleClick={false}
      connectionRadius={26}
      elevateNodesOnSelect={false}
      proOptions={{ hideAttribution: true }}
      className={mode === 'pan' ? 'is-panning' : ''}
    >
      <Background variant={BackgroundVariant.Dots} gap={22} size={1.5} color="var(--grid)" />
      <MiniMap
        pannable
        zoomable
        ariaLabel="Small map of the flow"
        nodeComponent={MiniMapNode}
        maskColor="color-mix(in srgb, var(--canvas) 60%, transparent)"
        style={{ width: 148, height: 92 }}
      />
      <Corner position="bottom-center">
        <CanvasToolbar mode={mode} onMode={setMode} />
      </Corner>
      <ConnectionLabel />
    </ReactFlow>
  )
}

const MULTI = ['Shift', 'Meta', 'Control']
const MIDDLE = [1, 2]

/** While the drawing is moved the browser keeps it as one picture; let go, it is drawn sharply again. */
const onMoveStart = () => viewport()?.setAttribute('data-moving', '')
const onMoveEnd = () => viewport()?.removeAttribute('data-moving')
const viewport = () => document.querySelector('.react-flow__viewport')
const onNodeDrag: OnNodeDrag<CanvasNode> = (event, _node, dragged) => aimWithNodes(pointOf(event), dragged)

/** Lets actions reach the drawing: fit, centre, sizes, focus. */
function useOfferedCanvas() {
  const instance = useReactFlow()
  const box = useRef<HTMLElement | null>(null)
  const pointer = useLastPointer()
  useEffect(() => {
    box.current = document.querySelector('section[aria-label="Canvas"]')
    return offerCanvas({
      fit: () => void instance.fitView({ ...FIT, duration: motionMs() }),
      zoom: (factor) => void instance.zoomTo(instance.getZoom() * factor, { duration: motionMs() }),
      centre: () => {
        const rect = box.current?.getBoundingClientRect()
        if (!rect) return { x: 0, y: 0 }
        return instance.screenToFlowPosition({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 })
      },
      pointer: () => {
        const rect = box.current?.getBoundingClientRect()
        const at = pointer.current
        const isInside = rect && at && at.x > rect.left && at.x < rect.right && at.y > rect.top && at.y < rect.bottom
        return isInside ? instance.screenToFlowPosition(at) : null
      },
      onScreen: (at) => instance.flowToScreenPosition(at),
      seen: () => {
        const rect = box.current?.getBoundingClientRect()
        if (!rect) return null
        const { x: left, y: top } = instance.screenToFlowPosition({ x: rect.left + 12, y: rect.top + 12 })
        const { x: right, y: bottom } = instance.screenToFlowPosition({ x: rect.right - 12, y: rect.bottom - UNDER })
        return { left, top, right, bottom }
      },
      sizeOf: (key) => {
        const { width, height } = instance.getInternalNode(key)?.measured ?? {}
        return width && height ? { width, height } : null
      },
      focus: (key) => document.querySelector<HTMLElement>(`[data-tool="${CSS.escape(key)}"]`)?.focus(),
    })
  }, [instance, pointer])
}

const motionMs = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 180)
