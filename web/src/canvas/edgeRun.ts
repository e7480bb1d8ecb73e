import type { RunState } from '@volley/shared/run/state.ts'
import { create } from 'zustand'
import { currentFlow } from '../state/flowStore.ts'
import { useRunStore } from '../state/runStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { criticalEdges, pairKey } from './criticalEdges.ts'
import { releasesIn } from './releases.ts'

/** What the run on the canvas shows of the edges. */
interface EdgeRun {
  /** By edge key, the latest call that the edge has just let begin. */
  releases: ReadonlyMap<string, number>
  critical: ReadonlySet<string>
  /** The pair whose edges are lit, since a finding speaks of them. */
  lit: string | null
}

const seen = (run: RunState | null): Omit<EdgeRun, 'lit'> => ({
  releases: releasesIn(run, currentFlow().edges),
  critical: criticalEdges(run),
})

/** Worked out once for each state of the run, and changed only where something of it does: a thousand edges listen here. */
export const useEdgeRun = create<EdgeRun>(() => ({ ...seen(useRunStore.getState().shown), lit: null }))

useRunStore.subscribe(({ shown }, { shown: before }) => {
  if (shown === before) return
  const [now, last] = [seen(shown), useEdgeRun.getState()]
  const isSame = sameEntries(now.releases, last.releases) && sameEntries(now.critical, last.critical)
  if (!isSame) useEdgeRun.setState(now)
})

useSessionStore.subscribe(({ litEdge }, { litEdge: before }) => {
  if (litEdge !== before) useEdgeRun.setState({ lit: litEdge && pairKey(litEdge.from, litEdge.to) })
})

function sameEntries(one: ReadonlyMap<string, number> | ReadonlySet<string>, other: typeof one): boolean {
  if (one === other) return true
  const [left, right] = [[...one.entries()], [...other.entries()]]
  return (
    left.length === right.length && left.every(([key, value], at) => right[at]?.[0] === key && right[at]?.[1] === value)
  )
}
