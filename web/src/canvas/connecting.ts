import { connectionKind, endsOf } from '@volley/shared/flow/connectable.ts'
import type { Connection, FinalConnectionState, IsValidConnection, OnConnectStart } from '@xyflow/react'
import { connectTools } from '../actions/connectTools.ts'
import { useConnecting } from '../state/connecting.ts'
import { currentFlow } from '../state/flowStore.ts'
import { toast } from '../ui/toast.tsx'
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

/** Let go where no handle took it: on a tool all the same, or nowhere. Says why where the tool cannot take it. */
export function onConnectEnd(_event: unknown, { isValid }: FinalConnectionState) {
  const { tool, direction, over, end } = useConnecting.getState()
  end()
  if (isValid || tool === null || over === null || over === tool) return
  const { from, to } = endsOf(tool, direction, over)
  tell(connectTools(from, to))
}

function tell(refused: string | null) {
  if (refused) toast.problem('These two cannot be connected.', refused)
}
