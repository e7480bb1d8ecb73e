import type { Point } from '@volley/shared/flow/flow.ts'
import { type ReactFlowProps, useReactFlow } from '@xyflow/react'
import { type KeyboardEvent, lazy, type MouseEvent, type ReactNode, Suspense, useRef } from 'react'
import { currentFlow } from '../state/flowStore.ts'
import { edgeKey, useSessionStore } from '../state/sessionStore.ts'
import { ContextMenu } from '../ui/Menu.tsx'
import type { CanvasEdge, CanvasNode } from './toReactFlow.ts'

const CanvasMenuItems = lazy(() =>
  import('./CanvasMenuItems.tsx').then((module) => ({ default: module.CanvasMenuItems })),
)

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
      menu={
        <Suspense>
          <CanvasMenuItems at={at} />
        </Suspense>
      }
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
