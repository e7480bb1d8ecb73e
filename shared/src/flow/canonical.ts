import { isObject } from '../lib/json.ts'
import type { Flow } from './flow.ts'

/**
 * The text of a document in its one canonical form, for differences that show nothing but what changed: keys in the order of the format,
 * names of maps sorted, edges and places in the order of the tools, nothing added that was left out. `document` is what `flow` was read
 * from. What has an order that means something keeps it: tools, groups, notes, parameters, everything inside JSON values.
 */
export function canonicalText(document: unknown, flow: Flow): string {
  const given = isObject(document) ? document : {}
  const placeOf = new Map(['agent', ...flow.tools.map(({ name }) => name)].map((name, at) => [name, at]))
  const place = (name: string) => placeOf.get(name) ?? placeOf.size
  const { variables } = flow.agent
  const ordered: Flow = {
    ...flow,
    agent: { ...flow.agent, ...(variables ? { variables: byName(variables) } : {}) },
    tools: flow.tools.map((tool) =>
      tool.run.kind === 'http' && tool.run.headers
        ? { ...tool, run: { ...tool.run, headers: byName(tool.run.headers) } }
        : tool,
    ),
    edges: flow.edges
      .toSorted(
        (one, other) =>
          place(one.from) - place(other.from) || place(one.to) - place(other.to) || compare(one.kind, other.kind),
      )
      .map((edge) => (edge.map ? { ...edge, map: byName(edge.map) } : edge)),
    layout: Object.fromEntries(
      Object.entries(flow.layout).sort(([one], [other]) => place(one) - place(other) || compare(one, other)),
    ),
  }
  // Parsing gives keys in the order of the format, and puts in what may be left out: that is taken away again.
  const isEmpty = (value: unknown) =>
    value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)
  const kept = Object.entries(ordered).filter(([key, value]) => Object.hasOwn(given, key) || !isEmpty(value))
  return `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`
}

function byName<Value>(map: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(map).sort(([one], [other]) => compare(one, other)))
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
