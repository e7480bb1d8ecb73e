import type { FlowDocument, Point } from '@volley/shared/flow/flow.ts'
import { miniatureOf } from './miniature.ts'

const BOX = { width: 280, height: 104 }
const TOOL = { width: 38, height: 16 }
/** More are not told apart at this size, and a list draws many pictures. */
const MOST_TOOLS = 48

/** A flow's graph, small enough to be recognized at a glance. Decoration: the words beside it say the same. */
export function FlowPicture({ flow }: { flow: FlowDocument }) {
  const { agent, tools, offers, edges } = miniatureOf(beginningOf(flow), BOX)
  const columns = [...Map.groupBy(tools, ({ at }) => at.x).values()]
  const rows = Math.max(1, ...columns.map((column) => column.length))
  const height = Math.min(TOOL.height, (BOX.height / rows) * 0.72)
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
      <Box at={agent} height={TOOL.height} className="fill-model/20 stroke-model" />
      {tools.map((tool) => (
        <Box key={tool.name} at={tool.at} height={height} className="fill-surface-3 stroke-text-3" />
      ))}
    </svg>
  )
}

/** The first tools, and the edges between them. */
function beginningOf({ tools = [], edges = [] }: FlowDocument): Pick<FlowDocument, 'tools' | 'edges'> {
  if (tools.length <= MOST_TOOLS) return { tools, edges }
  const first = tools.slice(0, MOST_TOOLS)
  const names = new Set(first.map((tool) => tool.name))
  return { tools: first, edges: edges.filter((edge) => names.has(edge.from) && names.has(edge.to)) }
}

function Box({ at, height, className }: { at: Point; height: number; className: string }) {
  const { width } = TOOL
  return <rect x={at.x - width / 2} y={at.y - height / 2} width={width} height={height} rx={4} className={className} />
}

/** From the right side of one box to the left side of the other. */
function curve(from: Point, to: Point): string {
  const start = from.x + TOOL.width / 2
  const end = to.x - TOOL.width / 2
  const bend = Math.max(14, Math.abs(end - start) / 2)
  return `M ${start} ${from.y} C ${start + bend} ${from.y} ${end - bend} ${to.y} ${end} ${to.y}`
}
