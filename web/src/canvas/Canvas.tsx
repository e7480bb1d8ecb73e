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
  type ReactFlowInstance,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import {
  lazy,
  type MouseEvent as ReactMouseEvent,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { boxesOf } from '../actions/boxes.ts'
import { isSeenWhole, NODE_HEIGHT, NODE_WIDTH, type Size } from '../actions/layout.ts'
import { moveNodes } from '../actions/moveNodes.ts'
import { nameOf } from '../actions/stepNames.ts'
import { useFindStore } from '../state/findStore.ts'
import { currentFlow, useFlow, useFlowStore } from '../state/flowStore.ts'
import { useRunStore } from '../state/runStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { canvasView, offerCanvas } from '../state/view.ts'
import { cx } from '../ui/cx.ts'
import { AgentNode } from './AgentNode.tsx'
import { askOnDoubleClick, onPaletteDrop, onPaletteOver, pointOf } from './addAtPointer.ts'
import { CanvasMenu, SELECT_FOR_MENU } from './CanvasMenu.tsx'
import { type CanvasMode, CanvasToolbar } from './CanvasToolbar.tsx'
import { ConnectionLabel } from './ConnectionLabel.tsx'
import { canConnect, onConnect, onConnectEnd, onConnectStart } from './connecting.ts'
import { AgentLine, DependencyEdge } from './DependencyEdge.tsx'
import { createDragSnap } from './dragSnap.ts'
import { EmptyHint } from './EmptyHint.tsx'
import { aimWithNodes, dropOnEdge, useEdgeDrop } from './edgeDrop.ts'
import { fromReactFlow } from './fromReactFlow.ts'
import { GroupNode } from './GroupNode.tsx'
import { letGlide } from './glide.ts'
import { isCrowded } from './isCrowded.ts'
import { MiniMapNode } from './MiniMapNode.tsx'
import { MissingNode } from './MissingNode.tsx'
import { NoteNode } from './NoteNode.tsx'
import { useLastPointer } from './pointer.ts'
import { QuickAddPlace } from './QuickAddPlace.tsx'
import { SnapGuides } from './SnapGuides.tsx'
import { seenFromAfar } from './seenFromAfar.ts'
import { ToolNode } from './ToolNode.tsx'
import { type CanvasEdge, type CanvasNode, createToReactFlow } from './toReactFlow.ts'
import './canvas.css'
import './nodes.css'
import './edges.css'
import './notes.css'

const FindBar = lazy(() => import('./FindBar.tsx').then((module) => ({ default: module.FindBar })))

const NODE_TYPES = { tool: ToolNode, agent: AgentNode, note: NoteNode, frame: GroupNode, missing: MissingNode }
const EDGE_TYPES = { dependency: DependencyEdge, agentLine: AgentLine }
/** How much of the canvas's foot the toolbar and the small map cover. */
const UNDER = 116
const FIT = { maxZoom: 1, padding: { top: '32px', bottom: `${UNDER}px`, left: '32px', right: '32px' } } as const
/** An empty canvas has the agent at its left, with room for what will be drawn beside it. */
const BLANK_VIEW = { x: 48, y: 180, zoom: 1 }

/** The drawing of the flow: its nodes and edges, and all that a pointer does to them. */
export function Canvas() {
  const isFinding = useFindStore((store) => store.isOpen)
  const crowded = useRunStore((store) => isCrowded(store.shown))
  return (
    <section aria-label="Canvas" data-crowded={crowded || undefined} className="relative h-full min-h-0 bg-canvas">
      <ReactFlowProvider>
        <CanvasMenu>
          <Drawing />
        </CanvasMenu>
      </ReactFlowProvider>
      <EmptyHint />
      <QuickAddPlace />
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
  const isFar = useStore(seenFromAfar)

  const onChanges = useCallback(
    (changes: (NodeChange<CanvasNode> | EdgeChange<CanvasEdge>)[]) => {
      const session = useSessionStore.getState()
      const change = fromReactFlow(changes, session.selection)
      if (change.selection) session.select(change.selection)
      if (change.sizes.size > 0) setSizes((before) => new Map([...before, ...change.sizes]))
      const keys = Object.keys(change.moved)
      if (keys.length > 0) {
        const boxes = () => boxesOf(currentFlow(), (key) => measuredSize(instance, key))
        const moved = dragSnap.moved(change.moved, boxes, instance.getZoom())
        useFlowStore.getState().change(`Move ${nameOf(currentFlow(), keys)}`, (now) => moveNodes(now, moved), 'drag')
      }
      if (!change.isDragEnd) return
      dragSnap.end()
      if (keys[0] !== undefined) dropOnEdge(keys[0])
      useFlowStore.getState().seal()
    },
    [instance, dragSnap],
  )
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
      onNodeDragStart={dragSnap.start}
      onSelectionDragStart={dragSnap.start}
      onMoveStart={onMoveStart}
      onMoveEnd={onMoveEnd}
      onConnectStart={onConnectStart}
      onConnect={onConnect}
      onConnectEnd={onEnd}
      isValidConnection={canConnect}
      {...SELECT_FOR_MENU}
      onNodeClick={selectAlone}
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
      className={cx(mode === 'pan' && 'is-panning', isFar && 'is-far')}
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
      <ConnectionLabel />
    </ReactFlow>
  )
}

const MULTI = ['Shift', 'Meta', 'Control']
/** The right button belongs to the menu; Space held makes the left one pan, too. */
const MIDDLE = [1]

/** A plain click on one of several that are selected leaves that one. */
function selectAlone(event: ReactMouseEvent, { id }: CanvasNode) {
  const { selection, select } = useSessionStore.getState()
  if (event.shiftKey || event.ctrlKey || event.metaKey) return
  if (selection.length > 1 && selection.includes(id)) select([id])
}

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
      sizeOf: (key) => measuredSize(instance, key),
      reveal: (key) => revealNode(instance, key),
      focus: (tool) => {
        revealNode(instance, tool)
        focusNode(tool)
      },
    })
  }, [instance, pointer])
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
