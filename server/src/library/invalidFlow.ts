import type { Flow } from '@volley/shared/flow/flow.ts'
import type { Problem } from '@volley/shared/flow/problem.ts'
import type { Documents } from '../deps.ts'

/** A document that cannot be run: each problem with a JSON Pointer to its place, all together. */
export class InvalidFlow extends Error {
  override name = 'InvalidFlow'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(({ pointer, message }) => `\n  ${pointer || '/'}: ${message}`)
    super(`The flow cannot be run as it is:${lines.join('')}`)
    this.problems = problems
  }
}

/** The document as a flow; throws an `InvalidFlow`, also when a function is given for a tool that is not there. */
export function readFlow(document: unknown, documents: Pick<Documents, 'parse'>, ownTools: readonly string[]): Flow {
  const flow = documents.parse(document)
  if (!flow.ok) throw new InvalidFlow(flow.error)
  const names = flow.value.tools.map(({ name }) => name)
  const stray = ownTools.filter((name) => !names.includes(name))
  if (stray.length > 0) throw new InvalidFlow(stray.map((name) => strayTool(name, names)))
  return flow.value
}

function strayTool(name: string, names: readonly string[]): Problem {
  const there = names.length > 0 ? `it has ${names.join(', ')}` : 'it has none'
  return {
    pointer: '/tools',
    message: `A function is given for the tool "${name}", which the flow does not have: ${there}.`,
  }
}
