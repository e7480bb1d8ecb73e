import type { FlowDocument, Point } from '@volley/shared/flow/flow.ts'
import { miniatureOf } from './miniature.ts'

const BOX = { width: 280, height: 104 }
const TOOL = { width: 38, height: 16 }

/** A flow's graph, small enough to be recognized at a glance. Decoration: the words beside it say the same. */
export function FlowPicture({ flow }: { flow: FlowDocument }) {
  const { agent, tools, offers, edges } = miniatureOf(flow, BOX)
  return (
    <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} aria-hidden="true" className="block w-full">
      {offers.map(({ from, to }) => (
        <path
          key={`${to.x} ${to.y}`}
          d={curve(from, to)}
          className="stroke-line-strong"
          strokeDasharray="1 4"
          fill="none"
        />
      ))}
      {edges.map(({ from, to, kind }) => (
        <path
          key={`${from.x} ${from.y} ${to.x} ${to.y}`}
          d={curve(from, to)}
          className={kind === 'data' ? 'stroke-running' : 'stroke-text-3'}
          strokeWidth={1.25}
          {...(kind === 'order' ? { strokeDasharray: '4 3' } : {})}
          fill="none"
        />
      ))}
      <Box at={agent} className="fill-model/20 stroke-model" />
      {tools.map((tool) => (
        <Box key={tool.name} at={tool.at} className="fill-surface-3 stroke-text-3" />
      ))}
    </svg>
  )
}

function Box({ at, className }: { at: Point; className: string }) {
  const { width, height } = TOOL
  return <rect x={at.x - width / 2} y={at.y - height / 2} width={width} height={height} rx={4} className={className} />
}

/** From the right side of one box to the left side of the other. */
function curve(from: Point, to: Point): string {
  const start = from.x + TOOL.width / 2
  const end = to.x - TOOL.width / 2
  const bend = Math.max(14, Math.abs(end - start) / 2)
  return `M ${start} ${from.y} C ${start + bend} ${from.y} ${end - bend} ${to.y} ${end} ${to.y}`
}
