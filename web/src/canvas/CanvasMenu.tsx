import type { Point } from '@volley/shared/flow/flow.ts'
import { type ReactFlowProps, useReactFlow } from '@xyflow/react'
import { AlignStartVertical, Plus } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from 'react'
import type { Action } from '../actions/action.ts'
import { addNote } from '../actions/addNote.ts'
import { addToolOfKind } from '../actions/addTool.ts'
import { alignActions, distributeActions } from '../actions/align.ts'
import { copySelected } from '../actions/copySelected.ts'
import { deleteSelected } from '../actions/deleteSelected.ts'
import { duplicateSelected } from '../actions/duplicateSelected.ts'
import { fitView } from '../actions/fitView.ts'
import { NODE_HEIGHT, NODE_WIDTH } from '../actions/layout.ts'
import { pasteCopied } from '../actions/pasteCopied.ts'
import { renameTool } from '../actions/renameTool.ts'
import { selectAll } from '../actions/selectAll.ts'
import { showCommands } from '../actions/showCommands.ts'
import { showFind } from '../actions/showFind.ts'
import { snapToGrid } from '../actions/snapToGrid.ts'
import { switchEdgeKind } from '../actions/switchEdgeKind.ts'
import { tidyUp } from '../actions/tidyUp.ts'
import { TOOL_KINDS } from '../actions/toolKinds.ts'
import { zoomToSelection } from '../actions/zoomToSelection.ts'
import { ActionItem } from '../menus/ActionItem.tsx'
import { useCanvasChoices } from '../state/canvasChoices.ts'
import { currentFlow } from '../state/flowStore.ts'
import { type Selected, selectedIn } from '../state/selection.ts'
import { edgeKey, useSessionStore } from '../state/sessionStore.ts'
import { ContextMenu, MenuItem, MenuSeparator, SubMenu } from '../ui/Menu.tsx'
import type { CanvasEdge, CanvasNode } from './toReactFlow.ts'

/** What the menu is about is selected first: a thing that is not among what is selected already, or nothing. */
export const SELECT_FOR_MENU: Pick<
  ReactFlowProps<CanvasNode, CanvasEdge>,
  'onNodeContextMenu' | 'onEdgeContextMenu' | 'onPaneContextMenu'
> = {
  onNodeContextMenu: (_event, node) => selectUnlessSelected(node.id),
  onEdgeContextMenu: (_event, { id }) =>
    currentFlow().edges.some((edge) => edgeKey(edge) === id) && selectUnlessSelected(id),
  onPaneContextMenu: () => useSessionStore.getState().select([]),
}

function selectUnlessSelected(key: string) {
  const { selection, select } = useSessionStore.getState()
  if (!selection.includes(key)) select([key])
}

/** The menu of what is under the pointer, or of what has the keyboard. */
export function CanvasMenu({ children }: { children: ReactNode }) {
  const { screenToFlowPosition } = useReactFlow()
  const at = useRef<Point>({ x: 0, y: 0 })
  return (
    <ContextMenu
      label="Canvas"
      target={
        // biome-ignore lint/a11y/noStaticElementInteractions: it hands on what happens to the things inside.
        <div
          className="h-full"
          onContextMenuCapture={(event) => {
            at.current = screenToFlowPosition({ x: event.clientX, y: event.clientY })
            leaveToBrowser(event)
          }}
          onKeyDown={openByKeyboard}
        >
          {children}
        </div>
      }
      menu={<Items at={at.current} />}
    />
  )
}

/** Fields keep the browser's own menu, with its spelling and paste; the canvas's controls have none. */
function leaveToBrowser(event: MouseEvent) {
  const target = event.target as Element
  if (target.closest('input, textarea, .react-flow__panel')) event.stopPropagation()
}

/** Not every keyboard and system makes a menu event of these keys. */
function openByKeyboard(event: KeyboardEvent) {
  const isMenuKey = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
  const target = event.target as HTMLElement
  if (!isMenuKey || target.matches('input, textarea')) return
  event.preventDefault()
  const { left, top, width, height } = target.getBoundingClientRect()
  const at = { clientX: left + Math.min(width, 160) / 2, clientY: top + Math.min(height, 64) / 2 }
  target.dispatchEvent(new window.MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...at }))
}

const ITEMS: Record<Exclude<Selected['is'], 'nothing' | 'several'>, readonly Action[]> = {
  tool: [renameTool, copySelected, duplicateSelected, zoomToSelection, deleteSelected],
  edge: [switchEdgeKind, zoomToSelection, deleteSelected],
  note: [zoomToSelection, deleteSelected],
  agent: [zoomToSelection, tidyUp],
}

function Items({ at }: { at: Point }) {
  const { selection } = useSessionStore.getState()
  const { is } = selectedIn(currentFlow(), selection)
  if (is === 'nothing') return <OfCanvas at={at} />
  if (is === 'several') return <OfSeveral />
  return ITEMS[is].map((action) => <Item key={action.name} action={action} />)
}

function Item({ action }: { action: Action }) {
  return (
    <>
      {action === deleteSelected && <MenuSeparator />}
      <ActionItem action={action} />
    </>
  )
}

function OfSeveral() {
  return (
    <>
      <ActionItem action={copySelected} />
      <ActionItem action={duplicateSelected} />
      <MenuSeparator />
      <ActionItem action={tidyUp} />
      <SubMenu title="Align" icon={<AlignStartVertical size={14} />}>
        {[...alignActions, ...distributeActions].map((action) => (
          <ActionItem key={action.name} action={action} />
        ))}
      </SubMenu>
      <ActionItem action={zoomToSelection} />
      <MenuSeparator />
      <ActionItem action={deleteSelected} />
    </>
  )
}

function OfCanvas({ at }: { at: Point }) {
  const place = { x: at.x - NODE_WIDTH / 2, y: at.y - NODE_HEIGHT / 3 }
  const snapsToGrid = useCanvasChoices((store) => store.snapsToGrid)
  return (
    <>
      <SubMenu title="Add a tool here" icon={<Plus size={14} />}>
        {TOOL_KINDS.map(({ kind, title, icon: Icon }) => (
          <MenuItem key={kind} icon={<Icon size={14} />} onSelect={() => addToolOfKind(kind, place)}>
            {title}
          </MenuItem>
        ))}
      </SubMenu>
      <ActionItem action={addNote} />
      <ActionItem action={pasteCopied} />
      <MenuSeparator />
      <ActionItem action={selectAll} />
      <ActionItem action={tidyUp} />
      <ActionItem action={fitView} />
      <ActionItem action={snapToGrid} checked={snapsToGrid} />
      <MenuSeparator />
      <ActionItem action={showFind} />
      <ActionItem action={showCommands} />
    </>
  )
}
