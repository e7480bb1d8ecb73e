import type { Box } from '../actions/boxes.ts'

// Where a dragged box snaps: to edges and centres of other boxes, else to the grid. What it is asked while one drags is looked up in
// sorted lists that are made once, when the drag begins. Pure.

export const GRID = 22

type Lines = readonly Line[]

/** A coordinate at which something begins, has its middle or ends, and how far along it the boxes that do so reach. */
interface Line {
  at: number
  from: number
  to: number
}

export interface SnapIndex {
  /** Upright lines, by x. */
  x: Lines
  /** Level lines, by y. */
  y: Lines
}

/** A line to draw: the dragged box meets others on it. */
export interface Guide {
  axis: 'x' | 'y'
  at: number
  from: number
  to: number
}

export interface Snapped {
  /** How far to move from where the pointer has it. */
  dx: number
  dy: number
  guides: Guide[]
}

type PlainBox = Omit<Box, 'key'>

/** The lines of the boxes that stay where they are. */
export function snapIndex(boxes: readonly PlainBox[]): SnapIndex {
  return {
    x: sorted(boxes.flatMap((box) => linesOf(box.x, box.width, box.y, box.height))),
    y: sorted(boxes.flatMap((box) => linesOf(box.y, box.height, box.x, box.width))),
  }
}

/** Moves a dragged box onto the nearest line of each axis that is at most `reach` away; without one, onto the grid if there is one. */
export function snap(index: SnapIndex, box: PlainBox, reach: number, grid: number | null): Snapped {
  const x = nearest(index.x, [box.x, box.x + box.width / 2, box.x + box.width], reach)
  const y = nearest(index.y, [box.y, box.y + box.height / 2, box.y + box.height], reach)
  const toGrid = (at: number) => (grid === null ? 0 : Math.round(at / grid) * grid - at)
  const dx = x?.by ?? toGrid(box.x)
  const dy = y?.by ?? toGrid(box.y)
  const guide = (axis: 'x' | 'y', { at, from, to }: Line, start: number, length: number): Guide => ({
    axis,
    at,
    from: Math.min(from, start),
    to: Math.max(to, start + length),
  })
  return {
    dx,
    dy,
    guides: [
      ...(x ? [guide('x', x.line, box.y + dy, box.height)] : []),
      ...(y ? [guide('y', y.line, box.x + dx, box.width)] : []),
    ],
  }
}

const linesOf = (start: number, length: number, from: number, across: number): Line[] =>
  [start, start + length / 2, start + length].map((at) => ({ at, from, to: from + across }))

/** In order, equal ones as one line that reaches as far as all of them. */
function sorted(lines: Line[]): Line[] {
  const result: Line[] = []
  for (const line of lines.sort((one, other) => one.at - other.at)) {
    const last = result.at(-1)
    if (last && last.at === line.at) {
      last.from = Math.min(last.from, line.from)
      last.to = Math.max(last.to, line.to)
    } else result.push({ ...line })
  }
  return result
}

function nearest(lines: Lines, starts: readonly number[], reach: number): { by: number; line: Line } | null {
  let best: { by: number; line: Line } | null = null
  for (const start of starts) {
    const after = firstAtOrAfter(lines, start)
    for (const line of [lines[after - 1], lines[after]]) {
      if (!line) continue
      const by = line.at - start
      if (Math.abs(by) <= reach && (!best || Math.abs(by) < Math.abs(best.by))) best = { by, line }
    }
  }
  return best
}

function firstAtOrAfter(lines: Lines, at: number): number {
  let [low, high] = [0, lines.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle] as Line).at < at) low = middle + 1
    else high = middle
  }
  return low
}
