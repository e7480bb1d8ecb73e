import type { Edge } from '@volley/shared/flow/flow.ts'
import fc from 'fast-check'
import { aFlow, aTool, type Scene } from './runWith.ts'

/** A turn of calls over a random graph: what the tools may do, in which order they are called, how long each takes and how it ends. */
export interface Plot {
  hinted: boolean[]
  edges: Edge[]
  emissions: { tool: number; ms: number; fails: boolean; afterMs: number; refersTo: number | null }[]
}

const TOOLS = 6
export const nameOf = (tool: number) => `t${tool}`

export const plots: fc.Arbitrary<Plot> = fc.record({
  hinted: fc.array(fc.boolean(), { minLength: TOOLS, maxLength: TOOLS }),
  edges: fc
    .uniqueArray(
      fc.record({
        from: fc.nat(TOOLS - 1),
        to: fc.nat(TOOLS - 1),
        kind: fc.constantFrom('order', 'data'),
        onFailure: fc.constantFrom('skip', 'continue'),
      }),
      { maxLength: 9, selector: ({ from, to }) => `${from}-${to}` },
    )
    // Forward edges of any kind, and data edges from a tool to itself: no other cycles, so that the plain rules stay plain.
    .map((edges) =>
      edges.map(({ from, to, kind, onFailure }): Edge => {
        const [low, high] = from < to ? [from, to] : [to, from]
        return {
          from: nameOf(low),
          to: nameOf(high),
          kind: low === high ? 'data' : (kind as Edge['kind']),
          onFailure: onFailure as 'skip' | 'continue',
        }
      }),
    )
    .map((edges) =>
      edges.filter((edge, at) => edges.findIndex((other) => other.from === edge.from && other.to === edge.to) === at),
    ),
  emissions: fc.array(
    fc.record({
      tool: fc.nat(TOOLS - 1),
      ms: fc.integer({ min: 1, max: 60 }),
      fails: fc.boolean(),
      afterMs: fc.integer({ min: 0, max: 20 }),
      refersTo: fc.option(fc.nat(9), { nil: null }),
    }),
    { minLength: 1, maxLength: 10 },
  ),
})

/** The plot as a scene for the engine: one turn with all calls, then an answer. */
export function sceneOf(plot: Plot, concurrency = 100): Scene {
  const tools = plot.hinted.map((readOnlyHint, tool) => aTool(nameOf(tool), { annotations: { readOnlyHint } }))
  const calls = plot.emissions.map((emission, index) => ({
    tool: nameOf(emission.tool),
    arguments: {
      index,
      ...(referenceOf(plot, index) === null ? {} : { value: { from_call: (referenceOf(plot, index) as number) + 1 } }),
    },
    afterMs: emission.afterMs,
  }))
  const acts = Object.fromEntries(
    plot.hinted.map((_, tool) => [
      nameOf(tool),
      (args: Record<string, unknown>) => {
        const { ms, fails } = plot.emissions[args.index as number] as Plot['emissions'][number]
        return { ms, ...(fails ? { fails: 'it broke' } : {}) }
      },
    ]),
  )
  const flow = aFlow(tools, plot.edges, { limits: { concurrency } })
  return { flow, turns: [{ calls, holdMs: 7 }, { text: 'Done.' }], tools: acts }
}

/** The emission that this one refers to: only an earlier one along a data edge. */
export function referenceOf({ emissions, edges }: Plot, index: number): number | null {
  const { refersTo, tool } = emissions[index] as Plot['emissions'][number]
  if (refersTo === null || refersTo >= index) return null
  const source = emissions[refersTo] as Plot['emissions'][number]
  return edges.some((edge) => edge.kind === 'data' && edge.from === nameOf(source.tool) && edge.to === nameOf(tool))
    ? refersTo
    : null
}
