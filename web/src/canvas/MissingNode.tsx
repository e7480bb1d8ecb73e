import { addTool, newTool, toolNameFault } from '@volley/shared/flow/edit.ts'
import { disconnect } from '@volley/shared/flow/editEdges.ts'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { Button } from '../ui/Button.tsx'
import type { MissingNodeType } from './toReactFlow.ts'

/** A gap: edges speak of this tool, and there is none of that name. It can be added, or its edges taken away. */
export const MissingNode = memo(function MissingNode({
  data,
  positionAbsoluteX,
  positionAbsoluteY,
}: NodeProps<MissingNodeType>) {
  const { name } = data
  const canBeAdded = toolNameFault(currentFlow(), name) === null
  const add = () => {
    const at = { x: positionAbsoluteX, y: positionAbsoluteY }
    useFlowStore.getState().change(`Add ${name}`, (flow) => addTool(flow, newTool('mock', name), at))
    useSessionStore.getState().select([name])
  }
  const removeEdges = () =>
    useFlowStore
      .getState()
      .change(`Remove the edges of ${name}`, (flow) =>
        flow.edges
          .filter(({ from, to }) => from === name || to === name)
          .reduce((left, edge) => disconnect(left, edge), flow),
      )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a thing on a drawing.
    <div role="group" className="missing-node" data-missing={name} aria-label={`${name}, a tool that is not there`}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <p className="m-0 flex gap-2 text-xs text-failed-text">
        <TriangleAlert size={13} aria-hidden className="mt-0.5 shrink-0" />
        <span className="min-w-0">
          No tool is called <b className="font-mono break-all">{name}</b>.
        </span>
      </p>
      <div className="nodrag mt-2 flex gap-2">
        {canBeAdded && (
          <Button size="sm" onClick={add}>
            Add it
          </Button>
        )}
        <Button size="sm" onClick={removeEdges}>
          Remove its edges
        </Button>
      </div>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  )
})
