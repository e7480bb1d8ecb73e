import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'

export type StatusData = { name: string; words: string; status: string; calls: number[] }

/** A node that shows of a run what Volley's shows, and is handed it by React Flow: its state, its calls, and a line of words. */
export const StatusNode = memo(function StatusNode({ data }: NodeProps<Node<StatusData>>) {
  const { name, words, status, calls = [] } = data
  return (
    <div className="bare-node" data-status={status}>
      <Handle type="target" position={Position.Left} />
      <strong>{name}</strong>
      {calls.map((call) => (
        <button key={call} type="button" title={`#${call} ${status}`} aria-label={`Call ${call}: ${status}`}>
          <i data-status={status} />
        </button>
      ))}
      <p>{words}</p>
      {calls.length > 0 && <small data-status={status}>{`${calls.length} ${status}`}</small>}
      <Handle type="source" position={Position.Right} />
    </div>
  )
})
