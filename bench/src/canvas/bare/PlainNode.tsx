import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'

/** A node as large as one of Volley's, with its two handles, its name and its words. */
export const PlainNode = memo(function PlainNode({ data }: NodeProps<Node<{ name: string; words: string }>>) {
  return (
    <div className="bare-node">
      <Handle type="target" position={Position.Left} />
      <strong>{data.name}</strong>
      <p>{data.words}</p>
      <Handle type="source" position={Position.Right} />
    </div>
  )
})
