import type { Edge } from '@volley/shared/flow/flow.ts'
import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react'
import { Plus } from 'lucide-react'
import { memo, useState } from 'react'
import { createPortal } from 'react-dom'
import { askForEdge } from '../actions/addBeside.ts'
import { edgeKey, useSessionStore } from '../state/sessionStore.ts'
import { pairKey } from './criticalEdges.ts'
import { useEdgeDrop } from './edgeDrop.ts'
import { useEdgeRun } from './edgeRun.ts'
import { useLabelLayer } from './labelLayer.ts'
import { pointOnCurve } from './labelPlaces.ts'
import type { AgentLineType, DependencyEdgeType } from './toReactFlow.ts'

/** `to` depends on `from`: dashed where only the order counts, solid where values flow. It moves when it releases a call, and at no other time. */
export const DependencyEdge = memo(function DependencyEdge(props: EdgeProps<DependencyEdgeType>) {
  const { id, source, target, selected, data, targetX, targetY } = props
  const released = useEdgeRun(({ releases }) => releases.get(id) ?? null)
  const critical = useEdgeRun((store) => store.critical.has(pairKey(source, target)))
  const lit = useEdgeRun((store) => store.lit === pairKey(source, target))
  const labels = useLabelLayer(selected === true)
  const isAimed = useEdgeDrop(({ edge }) => edge !== null && edgeKey(edge) === id)
  const [isNear, setNear] = useState(false)
  const [path, labelX, labelY] = pathOf(props, data?.labelAt ?? 0.5)
  const kind = data?.edge.kind ?? 'order'
  const state = {
    'data-kind': kind,
    'data-selected': selected || undefined,
    'data-releasing': released !== null || undefined,
    'data-critical': critical || undefined,
    'data-aimed': isAimed || undefined,
    'data-lit': lit || undefined,
  }
  return (
    <g className="dependency" {...state}>
      <BaseEdge id={id} path={path} interactionWidth={22} className="dependency-line" />
      {released !== null && <path key={released} d={path} pathLength={1} className="dependency-release" />}
      <path
        className="dependency-head"
        d={`M ${targetX - 8} ${targetY - 4.5} L ${targetX} ${targetY} L ${targetX - 8} ${targetY + 4.5} Z`}
      />
      {labels &&
        createPortal(
          // biome-ignore lint/a11y/noStaticElementInteractions: it only shows the button in it while the pointer or the focus is here.
          <div
            className="dependency-place nodrag nopan"
            data-edge={id}
            style={{ left: labelX, top: labelY }}
            onPointerEnter={() => setNear(true)}
            onPointerLeave={() => setNear(false)}
            onFocus={() => setNear(true)}
            onBlur={({ currentTarget, relatedTarget }) => {
              if (!currentTarget.contains(relatedTarget)) setNear(false)
            }}
          >
            <button
              type="button"
              className="dependency-label"
              {...state}
              aria-label={`Edge from ${source} to ${target}, ${data ? labelOf(data.edge) : kind}`}
              onClick={() => useSessionStore.getState().select([id])}
            >
              {data ? labelOf(data.edge) : kind}
            </button>
            {data && source !== target && (isNear || selected) && (
              <button
                type="button"
                className="dependency-insert"
                aria-label={`Insert a tool between ${source} and ${target}`}
                onClick={() => askForEdge(data.edge, { x: labelX, y: labelY })}
              >
                <Plus size={13} aria-hidden />
              </button>
            )}
          </div>,
          labels,
        )}
    </g>
  )
})

/** From the agent to a tool that waits for none: a faint line that says they belong together. */
export const AgentLine = memo(function AgentLine(props: EdgeProps<AgentLineType>) {
  const [path] = getBezierPath(props)
  return <BaseEdge id={props.id} path={path} interactionWidth={0} className="agent-line" />
})

/** What an edge says of itself: the values it carries, `data`, or `after`. */
export function labelOf(edge: Edge): string {
  if (edge.kind === 'order') return 'after'
  const values = Object.entries(edge.map ?? {}).map(([parameter, path]) =>
    parameter === path ? parameter : `${path} → ${parameter}`,
  )
  if (values.length === 0) return 'data'
  const text = values.join(', ')
  return text.length <= 18 ? text : `${values[0]?.slice(0, 16)}${values.length > 1 ? ` +${values.length - 1}` : ''}`
}

function pathOf(props: EdgeProps, labelAt: number): [string, number, number] {
  const { source, target, sourceX, sourceY, targetX, targetY } = props
  if (source !== target) {
    const [path] = getBezierPath({ ...props, targetX: targetX - 6 })
    const label = pointOnCurve({ x: sourceX, y: sourceY }, { x: targetX - 6, y: targetY }, labelAt)
    return [path, label.x, label.y]
  }
  const top = sourceY - 78
  return [
    `M ${sourceX} ${sourceY} C ${sourceX + 70} ${top}, ${targetX - 70} ${top}, ${targetX - 6} ${targetY}`,
    (sourceX + targetX) / 2,
    sourceY - 58,
  ]
}
