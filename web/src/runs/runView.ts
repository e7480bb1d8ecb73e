import type { RunFilter } from '@volley/shared/api.ts'
import type { RunStatus } from '@volley/shared/run/events.ts'
import { RUN_STATUSES } from '@volley/shared/run/statuses.ts'
import { FINDING_CODES, type FindingCode } from '@volley/shared/trace/findings/finding.ts'

// What the page of runs shows stands in its address, so that it can be kept, shared, and gone back to.

export const VIEWS = ['list', 'tools', 'versions'] as const
export const TIMES = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const

export interface RunView {
  view: (typeof VIEWS)[number]
  /** A saved flow's id, or `name:` and the name of one that was never saved. */
  flow?: string
  version?: number
  status?: RunStatus
  model?: string
  tool?: string
  finding?: FindingCode
  /** Begun so long ago at most. */
  time?: keyof typeof TIMES
  /** Begun on these days, in this browser's time, both included: `2026-11-28`. */
  from?: string
  to?: string
}

const UNSAVED = 'name:'
export const unsavedFlow = (name: string): string => UNSAVED + name

/** Reads an address; what makes no sense in it is passed over. */
export function viewOf(search: string): RunView {
  const given = new URLSearchParams(search)
  const text = (name: string) => given.get(name) || undefined
  const oneOf = <Value extends string>(name: string, values: readonly Value[]) =>
    values.find((value) => value === given.get(name))
  const day = (name: string) => text(name)?.match(/^\d{4}-\d\d-\d\d$/)?.[0]
  const version = /^[1-9]\d{0,8}$/.test(given.get('version') ?? '') ? Number(given.get('version')) : undefined
  return known({
    view: oneOf('view', VIEWS) ?? 'list',
    flow: text('flow'),
    version,
    status: oneOf('status', RUN_STATUSES),
    model: text('model'),
    tool: text('tool'),
    finding: oneOf('finding', FINDING_CODES),
    time: oneOf('time', Object.keys(TIMES) as (keyof typeof TIMES)[]),
    from: day('from'),
    to: day('to'),
  })
}

/** The address part of a view: what is as usual is left out. */
export function searchOf({ view, ...filters }: RunView): string {
  const given = Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return new URLSearchParams([...(view === 'list' ? [] : [['view', view]]), ...given]).toString()
}

/** The same view with some filters changed; `undefined` takes one away. Another flow has other versions, a span of time is given in one way. */
export function changed(view: RunView, change: { [Name in keyof RunView]?: RunView[Name] | undefined }): RunView {
  const next = { ...view, ...change }
  if ('flow' in change && change.flow !== view.flow) next.version = change.version
  if (change.time) next.from = next.to = undefined
  if (change.from || change.to) next.time = undefined
  return known(next)
}

export const hasFilters = ({ view: _view, ...filters }: RunView): boolean => Object.keys(filters).length > 0

/** What the server is asked for. `now` is in milliseconds; a minute more or less makes no other question. */
export function filterOf({ view: _view, flow, time, from, to, ...rest }: RunView, now: number): RunFilter {
  const since = time ? new Date(Math.floor((now - TIMES[time]) / 60_000) * 60_000).toISOString() : undefined
  return {
    ...rest,
    ...(flow?.startsWith(UNSAVED) ? { flowName: flow.slice(UNSAVED.length) } : { flowId: flow }),
    from: since ?? (from ? startOf(from, 0) : undefined),
    to: to ? startOf(to, 1) : undefined,
  }
}

/** The first moment of a day in this browser's time, so many days on; nothing for a day that does not exist. */
function startOf(day: string, later: number): string | undefined {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const moment = new Date(year, month - 1, date + later)
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString()
}

function known(view: { [Name in keyof RunView]: RunView[Name] | undefined }): RunView {
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined)) as unknown as RunView
}
