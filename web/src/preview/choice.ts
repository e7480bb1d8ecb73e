import { parallelismOf } from '@volley/shared/flow/defaults.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { components, successorsOf } from '@volley/shared/lib/graph.ts'
import { type PickedCall, sourcesFor } from '@volley/shared/plan/preview.ts'

// What was picked for a preview, told so that it stays right while the flow changes: by tools, not by numbers. Pure.

export interface Choice {
  /** How many calls of each tool. */
  counts: Readonly<Record<string, number>>
  /** For the nth call of a tool and a source: which call of the source it refers to (from 1), or 0 for none. By `referenceKey`. */
  refers: Readonly<Record<string, number>>
  /** The calls that fail, by `callKey`. */
  fails: readonly string[]
}

export const NO_CHOICE: Choice = { counts: {}, refers: {}, fails: [] }

export const callKey = (tool: string, nth: number) => `${tool} ${nth}`
export const referenceKey = (tool: string, nth: number, source: string) => `${tool} ${nth} ${source}`

export interface ChosenCall extends PickedCall {
  /** Which of its tool's calls it is, from 1. */
  nth: number
  /** Each source that it could refer to: the number of its first call, how many there are, and which it does refer to (0: none). */
  sources: { source: string; first: number; nth: number; count: number }[]
}

const MOST_CALLS = 50

/** One call of every tool: what most turns come to. */
export function everyToolOnce(flow: Flow): Choice {
  return { ...NO_CHOICE, counts: Object.fromEntries(flow.tools.slice(0, MOST_CALLS).map(({ name }) => [name, 1])) }
}

/**
 * The calls of a choice in an order in which each can refer to those before it: sources first. A call refers to the call of the same
 * place of each source, unless chosen otherwise.
 */
export function chosenCalls(flow: Flow, choice: Choice): ChosenCall[] {
  const known = new Set(flow.tools.map((tool) => tool.name))
  const names = components(successorsOf([...known], flow.edges))
    .flat()
    .reverse()
  const first = new Map<string, number>()
  const calls: ChosenCall[] = []
  for (const tool of names) {
    const count = Math.min(choice.counts[tool] ?? 0, MOST_CALLS)
    first.set(tool, calls.length + 1)
    for (let nth = 1; nth <= count; nth++) {
      const sources = sourcesFor(flow, tool)
        .filter((source) => source !== tool)
        .map((source) => ({ source, count: Math.min(choice.counts[source] ?? 0, MOST_CALLS) }))
        .filter(({ source, count: ofSource }) => ofSource > 0 && first.has(source))
        .map(({ source, count: ofSource }) => {
          const chosen = choice.refers[referenceKey(tool, nth, source)]
          const usual = ((nth - 1) % ofSource) + 1
          return {
            source,
            first: first.get(source) as number,
            count: ofSource,
            nth: chosen === undefined ? usual : Math.min(chosen, ofSource),
          }
        })
      const refersTo = sources.flatMap((one) => (one.nth === 0 ? [] : [one.first + one.nth - 1]))
      calls.push({ tool, nth, sources, refersTo, fails: choice.fails.includes(callKey(tool, nth)) })
    }
  }
  return calls
}

export type Expected = { ms: number; how: 'its mock' | 'the last run' | 'a guess' }

/** How long a call of a tool is expected to take: as its mock says, as it took in a run, else a second. */
export function expectedOf(flow: Flow, tool: string, seen: readonly number[]): Expected {
  const run = flow.tools.find((one) => one.name === tool)?.run
  if (run?.kind === 'mock' && !run.cases?.length) return { ms: run.latencyMs ?? 0, how: 'its mock' }
  if (seen.length > 0) return { ms: seen.reduce((sum, ms) => sum + ms, 0) / seen.length, how: 'the last run' }
  if (run?.kind === 'mock') return { ms: run.latencyMs ?? run.cases?.[0]?.latencyMs ?? 0, how: 'its mock' }
  return { ms: 1000, how: 'a guess' }
}

/** Whether calls of one turn can run side by side at all. */
export const isSerial = (flow: Flow) => parallelismOf(flow.agent) === 'serial'
