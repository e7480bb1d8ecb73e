import { connectionKind, endsOf } from '@volley/shared/flow/connectable.ts'
import type { Point } from '@volley/shared/flow/flow.ts'
import type { Connection, FinalConnectionState, IsValidConnection, OnConnectStart } from '@xyflow/react'
import { connectTools } from '../actions/connectTools.ts'
import { useConnecting } from '../state/connecting.ts'
import { currentFlow } from '../state/flowStore.ts'
import { toast } from '../ui/toast.tsx'
import { askAt, pointOf } from './addAtPointer.ts'
import type { CanvasEdge } from './toReactFlow.ts'

// An edge drawn by pointer: from a handle to another, or anywhere onto a tool.

export const onConnectStart: OnConnectStart = (_event, { nodeId, handleType }) => {
  if (nodeId !== null) useConnecting.getState().begin(nodeId, handleType === 'target' ? 'in' : 'out')
}

export const canConnect: IsValidConnection<CanvasEdge> = ({ source, target }) =>
  connectionKind(currentFlow(), source, target).ok

export function onConnect({ source, target }: Connection) {
  tell(connectTools(source, target))
}

/**
 * Let go where no handle took it: on a tool all the same, saying why where that cannot take it; over nothing, asks for the tool it shall
 * lead to.
 */
export function onConnectEnd(
  event: MouseEvent | TouchEvent,
  { isValid }: FinalConnectionState,
  toFlow: (at: Point) => Point,
) {
  const { tool, direction, over, end } = useConnecting.getState()
  end()
  if (isValid || tool === null || over === tool) return
  if (over === null)
    return askAt(event.target, toFlow(pointOf(event)), { is: direction === 'in' ? 'before' : 'after', tool })
  const { from, to } = endsOf(tool, direction, over)
  tell(connectTools(from, to))
}

function tell(refused: string | null) {
  if (refused) toast.problem('These two cannot be connected.', refused)
}
