import { closest } from '../lib/closest.ts'
import { jsonPointer } from '../lib/json.ts'
import { parsePath } from '../lib/path.ts'
import { listOr } from '../lib/words.ts'
import type { Draft, DraftEdge, DraftTool } from './draft.ts'
import { type Problem, problemsIn } from './problem.ts'

/** Checks each edge's ends and map, and that no two edges fill the same parameter. */
export function checkEdges(draft: Draft): Problem[] {
  const filled = new Map<string, DraftEdge>()
  return problemsIn(draft.edges, (edge) => [
    ...checkEnds(edge, draft),
    ...(edge.map && edge.kind === 'order' ? [mapOnOrder(edge)] : []),
    ...(edge.map ? checkPaths(edge) : []),
    ...(edge.map ? checkMap(edge, draft, filled) : []),
  ])
}

/** How an edge is called in a message: its two ends, as far as they are known. */
export function edgeName(edge: DraftEdge): string {
  return `"${edge.from ?? '?'}" → "${edge.to ?? '?'}"`
}

function checkEnds(edge: DraftEdge, draft: Draft): Problem[] {
  return (['from', 'to'] as const).flatMap((end) => {
    const name = edge[end]
    if (name === null || draft.toolNamed.has(name)) return []
    const names = [...draft.toolNamed.keys()]
    const meant = closest(name, names)
    const way = meant ? `did you mean "${meant}"?` : names.length === 0 ? 'the flow has none.' : toolsThereAre(names)
    const message = `The edge ${edgeName(edge)} ${end === 'to' ? 'leads to' : 'starts at'} "${name}", but there is no such tool: ${way}`
    return [{ pointer: jsonPointer([...edge.path, end]), message }]
  })
}

function toolsThereAre(names: string[]): string {
  return names.length > 10 ? `remove the edge, or add the tool.` : `choose ${listOr(names)}, or add the tool.`
}

function mapOnOrder(edge: DraftEdge): Problem {
  const message = `The edge ${edgeName(edge)} orders calls and carries no values, but has a map: make it a data edge, or remove the map.`
  return { pointer: jsonPointer([...edge.path, 'map']), message }
}

function checkPaths(edge: DraftEdge): Problem[] {
  return (edge.map ?? []).flatMap(([parameter, path]) => {
    if (typeof path !== 'string') return []
    const parsed = parsePath(path)
    if (parsed.ok) return []
    const message = `"${path}" is no path into a result of "${edge.from ?? '?'}": ${parsed.error}. A path is like items[0].name.`
    return [{ pointer: jsonPointer([...edge.path, 'map', parameter]), message }]
  })
}

function checkMap(edge: DraftEdge, draft: Draft, filled: Map<string, DraftEdge>): Problem[] {
  const target = edge.to === null ? undefined : draft.toolNamed.get(edge.to)
  if (!edge.map || !target?.parameters) return []
  const problems: Problem[] = []
  for (const [parameter] of edge.map) {
    const pointer = jsonPointer([...edge.path, 'map', parameter])
    if (!target.names.includes(parameter)) {
      problems.push({ pointer, message: noParameter(target, parameter) })
      continue
    }
    const key = JSON.stringify([edge.to, parameter])
    const other = filled.get(key)
    if (other) {
      const message = `"${parameter}" of "${target.name}" is filled by two edges, ${edgeName(other)} and ${edgeName(edge)}: remove it from one map.`
      problems.push({ pointer, message })
    } else filled.set(key, edge)
  }
  if (edge.map.length > 0 && edge.from !== null && target.names.includes(edge.from)) {
    const message = `"${target.name}" has a parameter named like the tool "${edge.from}", whose call number it takes by the map of ${edgeName(edge)}: rename the parameter or the tool.`
    problems.push({ pointer: jsonPointer([...edge.path, 'map']), message })
  }
  return problems
}

function noParameter(target: DraftTool, parameter: string): string {
  const meant = closest(parameter, target.names)
  const way = meant
    ? `did you mean "${meant}"?`
    : target.names.length === 0
      ? 'it has none. Add it to its parameters.'
      : `it has ${listOr(target.names.slice(0, 10))}.`
  return `"${target.name}" has no parameter "${parameter}": ${way}`
}
