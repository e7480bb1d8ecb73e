import type { CallRow, ModelRow, Row } from '@volley/shared/trace/spans.ts'

export type Grouping = 'turn' | 'tool'

/** One line of the chart. A group can be closed; what is in it is then drawn in its own line. */
export type Item =
  | { kind: 'model'; key: string; level: 1 | 2; row: ModelRow; group: Group | null }
  | { kind: 'call'; key: string; level: 2; row: CallRow; group: null }
  | { kind: 'tool'; key: string; level: 1; title: string; group: Group }

export interface Group {
  isOpen: boolean
  rows: readonly Row[]
}

/** The rows of a run as lines of the chart: under their turn, or under their tool in the order of first calls, the model's turns first. */
export function itemsOf(rows: readonly Row[], by: Grouping, closed: ReadonlySet<string>): Item[] {
  return by === 'turn' ? byTurn(rows, closed) : byTool(rows, closed)
}

function byTurn(rows: readonly Row[], closed: ReadonlySet<string>): Item[] {
  const callsOfTurn = Map.groupBy(rows.filter(isCall), (row) => row.turn)
  return rows.filter(isModel).flatMap((row): Item[] => {
    const key = `turn ${row.turn}`
    const calls = callsOfTurn.get(row.turn) ?? []
    const group = calls.length > 0 ? { isOpen: !closed.has(key), rows: calls } : null
    return [{ kind: 'model', key, level: 1, row, group }, ...(group?.isOpen ? calls.map(callItem) : [])]
  })
}

function byTool(rows: readonly Row[], closed: ReadonlySet<string>): Item[] {
  const turns = rows.filter(isModel)
  const model: Group = { isOpen: !closed.has(MODEL), rows: turns }
  const groups = [...Map.groupBy(rows.filter(isCall), (row) => row.tool)].flatMap(([tool, calls]): Item[] => {
    const key = `tool ${tool}`
    const group = { isOpen: !closed.has(key), rows: calls }
    return [{ kind: 'tool', key, level: 1, title: tool, group }, ...(group.isOpen ? calls.map(callItem) : [])]
  })
  return [
    { kind: 'tool', key: MODEL, level: 1, title: 'model', group: model },
    ...(model.isOpen
      ? turns.map((row): Item => ({ kind: 'model', key: `turn ${row.turn}`, level: 2, row, group: null }))
      : []),
    ...groups,
  ]
}

/** The key of the model's group: no tool's key is like it. */
const MODEL = 'model'
const callItem = (row: CallRow): Item => ({ kind: 'call', key: `#${row.call}`, level: 2, row, group: null })
const isCall = (row: Row): row is CallRow => row.kind === 'call'
const isModel = (row: Row): row is ModelRow => row.kind === 'model'

/** The keys of all groups, to close them at once. */
export const groupKeys = (items: readonly Item[]): string[] => items.filter(({ group }) => group).map(({ key }) => key)

/** The line that a line is listed under; itself where it is a group's own. */
export function headOf(items: readonly Item[], index: number): number {
  for (let at = index; at >= 0; at--) if (items[at]?.level === 1) return at
  return 0
}

/** Stretches of time laid over one another, with how they ended; neighbours closer than `gapMs` are drawn as one. */
export function merged(
  spans: readonly { from: number; to: number; status: string }[],
  gapMs: number,
): { from: number; to: number; status: string }[] {
  const result: { from: number; to: number; status: string }[] = []
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    const last = result.at(-1)
    if (last && span.from <= last.to + gapMs && last.status === span.status) last.to = Math.max(last.to, span.to)
    else result.push({ ...span })
  }
  return result
}
