import { edgesOnCycles } from '../lib/graph.ts'
import { onFailureOf, parallelismOf } from './defaults.ts'
import type { Edge, Flow } from './flow.ts'

/** What an edge does to the calls of its tools, in sentences: who waits for whom, what a failure means, what the model no longer sees. */
export function edgeWords(flow: Flow, edge: Edge): string[] {
  const parallelism = parallelismOf(flow.agent)
  if (parallelism === 'serial')
    return [
      `This agent makes one call a turn, so ${edge.to} and ${edge.from} never meet in one turn: the edge does nothing.`,
    ]
  const names = flow.tools.map((tool) => tool.name)
  const onCycle = edgesOnCycles(names, flow.edges).has(edge)
  const mapped = parallelism === 'graph' ? Object.keys(edge.map ?? {}) : []
  const words: string[] = []
  if (edge.kind === 'data' && parallelism === 'batch')
    words.push('In batch parallelism no values flow along edges: this one only orders calls.')
  if (mapped.length > 0) words.push(...mapWords(edge, mapped))
  else if (edge.kind === 'data' && parallelism === 'graph') words.push(...referenceWords(edge, onCycle))
  else words.push(`${edge.to} waits for every ${edge.from} of the same turn.`)
  words.push(failureWords(edge, mapped.length > 0))
  return words
}

function mapWords(edge: Edge, mapped: readonly string[]): string[] {
  const list = listAnd(mapped)
  const isOne = mapped.length === 1
  return [
    `Each ${edge.to} takes ${list} from one call of ${edge.from}, and waits for that call alone.`,
    `The model does not see ${list}: in ${isOne ? 'its' : 'their'} place it gives the number of the ${edge.from} call as "${edge.from}", or nothing where there is only one.`,
  ]
}

function referenceWords(edge: Edge, onCycle: boolean): string[] {
  const first = `Any argument of ${edge.to} may refer to a result of ${edge.from}: that ${edge.to} waits only for the calls it refers to.`
  return onCycle
    ? [first, `The tools stand in a circle, so a ${edge.to} that refers to no ${edge.from} does not wait.`]
    : [first, `A ${edge.to} that refers to none waits for every ${edge.from} of the same turn.`]
}

function failureWords(edge: Edge, isMapped: boolean): string {
  if (isMapped) return `If that ${edge.from} fails, ${edge.to} is skipped: there is no value to take.`
  if (onFailureOf(edge) === 'skip') return `If one fails, ${edge.to} is skipped, and the model is told why.`
  return edge.kind === 'data'
    ? `If one fails, ${edge.to} goes on without it; where it refers to the failed call, it is skipped.`
    : `If one fails, ${edge.to} goes on all the same.`
}

/** `a`, `a and b`, `a, b and c`. */
export function listAnd(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
