import { connect } from '@volley/shared/flow/editEdges.ts'
import { RUN_KINDS, type RunKind } from '@volley/shared/flow/flow.ts'
import {
  Background,
  BackgroundVariant,
  type Connection,
  Panel as Corner,
  type EdgeChange,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react'
import {
  type DragEvent,
  lazy,
  type MouseEvent,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { addToolOfKind, TOOL_DRAG } from '../actions/addTool.ts'
import { boxesOf } from '../actions/boxes.ts'
import { isSeenWhole, NODE_HEIGHT, NODE_WIDTH, type Size } from '../actions/layout.ts'
import { moveNodes } from '../actions/moveNodes.ts'
import { useFindStore } from '../state/findStore.ts'
import { currentFlow, useFlow, useFlowStore } from '../state/flowStore.ts'
import { edgeKey, useSessionStore } from '../state/sessionStore.ts'
import { canvasView, offerCanvas } from '../state/view.ts'
import { toast } from '../ui/toast.tsx'
import { AgentNode } from './AgentNode.tsx'
import { CanvasMenu, SELECT_FOR_MENU } from './CanvasMenu.tsx'
import { type CanvasMode, CanvasToolbar } from './CanvasToolbar.tsx'
import { AgentLine, DependencyEdge } from './DependencyEdge.tsx'
import { createDragSnap } from './dragSnap.ts'
import { EmptyHint } from './EmptyHint.tsx'
import { fromReactFlow } from './fromReactFlow.ts'
import { letGlide } from './glide.ts'
import { MiniMapNode } from './MiniMapNode.tsx'
import { NoteNode } from './NoteNode.tsx'
import { SnapGuides } from './SnapGuides.tsx'
import { ToolNode } from './ToolNode.tsx'
import { type CanvasEdge, type CanvasNode, createToReactFlow } from './toReactFlow.ts'
import './canvas.css'

const FindBar = lazy(() => import('./FindBar.tsx').then((module) => ({ default: module.FindBar })))

const NODE_TYPES = { tool: ToolNode, agent: AgentNode, note: NoteNode }
const EDGE_TYPES = { dependency: DependencyEdge, agentLine: AgentLine }
/** How much of the canvas's foot the toolbar and the small map cover. */
const UNDER = 116
const FIT = { maxZoom: 1, padding: { top: '32px', bottom: `${UNDER}px`, left: '32px', right: '32px' } } as const
/** An empty canvas has the agent at its left, with room for what will be drawn beside it. */
const BLANK_VIEW = { x: 48, y: 180, zoom: 1 }

/** The drawing of the flow: its nodes and edges, and all that a pointer does to them. */
export function Canvas() {
  const isFinding = useFindStore((store) => store.isOpen)
  return (
    <section aria-label="Canvas" className="relative h-full min-h-0 bg-canvas">
      <ReactFlowProvider>
        <CanvasMenu>
          <Drawing />
        </CanvasMenu>
      </ReactFlowProvider>
      <EmptyHint />
      <Suspense>{isFinding && <FindBar />}</Suspense>
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
  const [dragSnap] = useState(createDragSnap)

  const onChanges = useCallback(
    (changes: (NodeChange<CanvasNode> | EdgeChange<CanvasEdge>)[]) => {
      const session = useSessionStore.getState()
      const change = fromReactFlow(changes, session.selection)
      if (change.selection) session.select(change.selection)
      if (change.sizes.size > 0) setSizes((before) => new Map([...before, ...change.sizes]))
      const count = Object.keys(change.moved).length
      if (count > 0) {
        const boxes = () => boxesOf(currentFlow(), (key) => measuredSize(instance, key))
        const moved = dragSnap.moved(change.moved, boxes, instance.getZoom())
        useFlowStore.getState().change(count === 1 ? 'Move' : `Move ${count}`, (now) => moveNodes(now, moved), 'drag')
      }
      if (!change.isDragEnd) return
      dragSnap.end()
      useFlowStore.getState().seal()
    },
    [instance, dragSnap],
  )

  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onNodesChange={onChanges}
      onEdgesChange={onChanges}
      onNodeDragStart={dragSnap.start}
      onSelectionDragStart={dragSnap.start}
      onConnect={onConnect}
      onConnectEnd={onConnectEnd}
      isValidConnection={({ source, target }) => connect(currentFlow(), source, target).ok}
      {...SELECT_FOR_MENU}
      onNodeClick={selectAlone}
      onDragOver={onDragOver}
      onDrop={(event) => onDrop(event, instance.screenToFlowPosition({ x: event.clientX, y: event.clientY }))}
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
      <SnapGuides />
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
    </ReactFlow>
  )
}

const MULTI = ['Shift', 'Meta', 'Control']
/** The right button belongs to the menu; Space held makes the left one pan, too. */
const MIDDLE = [1]

/** A plain click on one of several that are selected leaves that one. */
function selectAlone(event: MouseEvent, { id }: CanvasNode) {
  const { selection, select } = useSessionStore.getState()
  if (!event.shiftKey && !event.ctrlKey && !event.metaKey && selection.length > 1) select([id])
}

function onConnect({ source, target }: Connection) {
  const connected = connect(currentFlow(), source, target)
  if (!connected.ok) return toast.problem('These two cannot be connected.', connected.error)
  useFlowStore.getState().change(`Connect ${source} to ${target}`, () => connected.value)
  useSessionStore.getState().select([edgeKey({ from: source, to: target, kind: 'order' })])
}

/** Says why where a connection was let go over a handle that cannot take it. */
function onConnectEnd(_event: unknown, { fromNode, toNode, fromHandle, isValid }: FinalConnectionState) {
  if (isValid || !fromNode || !toNode) return
  const [from, to] = fromHandle?.type === 'target' ? [toNode.id, fromNode.id] : [fromNode.id, toNode.id]
  const connected = connect(currentFlow(), from, to)
  if (!connected.ok) toast.problem('These two cannot be connected.', connected.error)
}

function onDragOver(event: DragEvent) {
  if (!event.dataTransfer.types.includes(TOOL_DRAG)) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'copy'
}

function onDrop(event: DragEvent, at: { x: number; y: number }) {
  const kind = event.dataTransfer.getData(TOOL_DRAG)
  if (!RUN_KINDS.includes(kind as RunKind)) return
  event.preventDefault()
  addToolOfKind(kind as RunKind, { x: at.x - NODE_WIDTH / 2, y: at.y - NODE_HEIGHT / 3 })
}

/** Lets actions reach the drawing: fit, centre, sizes, focus. */
function useOfferedCanvas() {
  const instance = useReactFlow()
  const box = useRef<HTMLElement | null>(null)
  useEffect(() => {
    box.current = document.querySelector('section[aria-label="Canvas"]')
    return offerCanvas({
      fit: () => void instance.fitView({ ...FIT, duration: motionMs() }),
      fitTo: (keys) =>
        void instance.fitView({ ...FIT, maxZoom: 1.5, nodes: keys.map((id) => ({ id })), duration: motionMs() }),
      zoomTo: (level) => void instance.zoomTo(level, { duration: motionMs() }),
      glide: () => box.current && letGlide(box.current),
      zoom: (factor) => void instance.zoomTo(instance.getZoom() * factor, { duration: motionMs() }),
      centre: () => {
        const rect = box.current?.getBoundingClientRect()
        if (!rect) return { x: 0, y: 0 }
        return instance.screenToFlowPosition({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 })
      },
      seen: () => {
        const rect = box.current?.getBoundingClientRect()
        if (!rect) return null
        const { x: left, y: top } = instance.screenToFlowPosition({ x: rect.left + 12, y: rect.top + 12 })
        const { x: right, y: bottom } = instance.screenToFlowPosition({ x: rect.right - 12, y: rect.bottom - UNDER })
        return { left, top, right, bottom }
      },
      sizeOf: (key) => measuredSize(instance, key),
      reveal: (key) => revealNode(instance, key),
      focus: (tool) => {
        revealNode(instance, tool)
        focusNode(tool)
      },
    })
  }, [instance])
}

function revealNode(instance: ReturnType<typeof useReactFlow>, key: string) {
  const node = instance.getInternalNode(key)
  if (!node || isSeenWhole(node.position, canvasView()?.seen() ?? null)) return
  const { width, height } = measuredSize(instance, key) ?? { width: NODE_WIDTH, height: NODE_HEIGHT }
  const { x, y } = node.position
  void instance.setCenter(x + width / 2, y + height / 2, { zoom: instance.getZoom(), duration: motionMs() })
}

/** A node that is new, or has a new name, takes the focus only when it has been measured, some frames later. */
function focusNode(tool: string, framesLeft = 20) {
  const node = document.querySelector<HTMLElement>(`[data-tool="${CSS.escape(tool)}"]`)
  node?.focus({ preventScroll: true })
  if (framesLeft > 0 && (!node || document.activeElement !== node))
    requestAnimationFrame(() => focusNode(tool, framesLeft - 1))
}

function measuredSize(instance: Pick<ReactFlowInstance, 'getInternalNode'>, key: string): Size | null {
  const { width, height } = instance.getInternalNode(key)?.measured ?? {}
  return width && height ? { width, height } : null
}

const motionMs = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 180)
