import type { FlowDifference } from '@volley/shared/flow/difference.ts'

type EdgeChange = FlowDifference['edges'][number]

const LOOK = {
  added: { sign: '+', word: 'added', color: 'var(--succeeded)', dash: '' },
  removed: { sign: '−', word: 'removed', color: 'var(--failed)', dash: '3 4' },
  changed: { sign: '~', word: 'changed', color: 'var(--waiting)', dash: '' },
} as const
const ROW = 44
const WIDTH = 520
const BOX = 190

/** The edges that differ, each drawn from its tool to the other: added, removed (dotted) or changed. */
export function EdgePicture({ edges }: { edges: readonly EdgeChange[] }) {
  const told = edges.map(({ name, is }) => `${name} ${LOOK[is].word}`).join(', ')
  return (
    <svg
      role="img"
      aria-label={`Edges: ${told}`}
      viewBox={`0 0 ${WIDTH} ${edges.length * ROW}`}
      className="block w-full max-w-[520px]"
    >
      {edges.map(({ name, from, to, kind, is }, row) => {
        const { sign, color, dash } = LOOK[is]
        const y = row * ROW + ROW / 2
        return (
          <g key={name} data-edge-change={is}>
            <Box x={0} y={y} name={from} />
            <Box x={WIDTH - BOX} y={y} name={to} />
            <line x1={BOX} x2={WIDTH - BOX - 8} y1={y} y2={y} stroke={color} strokeWidth={2} strokeDasharray={dash} />
            <path d={`M ${WIDTH - BOX - 9} ${y - 5} l 8 5 l -8 5 z`} fill={color} />
            <text x={WIDTH / 2} y={y - 6} textAnchor="middle" className="fill-text-1 text-[11px]">
              {sign} {kind}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

function Box({ x, y, name }: { x: number; y: number; name: string }) {
  return (
    <>
      <rect x={x + 0.5} y={y - 15} width={BOX - 1} height={30} rx={6} className="fill-surface-2 stroke-line-strong" />
      <text x={x + BOX / 2} y={y + 4} textAnchor="middle" className="fill-text-1 font-mono text-[11px]">
        {name.length > 26 ? `${name.slice(0, 25)}…` : name}
      </text>
    </>
  )
}
