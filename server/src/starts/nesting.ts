import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import type { Problem } from '@volley/shared/flow/problem.ts'
import type { RunSpec } from '../engine/ports.ts'
import type { Flows } from '../store/flows.ts'

interface Step {
  id: string | null
  name: string
  /** Its tools that are flows, by place in the document. */
  calls: { flow: string; index: number }[]
  next: number
}

/** The way by which a flow's tools would call one another without end, as a problem of the tool that it begins with; null without one. */
export async function endlessNesting(
  flow: FlowDocument,
  origin: RunSpec['origin'],
  flows: Pick<Flows, 'get'>,
): Promise<Problem | null> {
  const path = [stepOf(origin.id, flow)]
  const done = new Set<string>()
  for (let step = path.at(-1); step; step = path.at(-1)) {
    const call = step.calls[step.next++]
    if (!call) {
      if (step.id !== null) done.add(step.id)
      path.pop()
      continue
    }
    const from = path.findIndex(({ id }) => id === call.flow)
    if (from >= 0) {
      const names = [...path.slice(from), path[from] as Step].map(({ name }) => `"${name}"`)
      const first = (path[0] as Step).calls[(path[0] as Step).next - 1]
      return {
        pointer: `/tools/${first?.index ?? 0}/run/flow`,
        message: `Flows would call each other without end: ${names.join(' → ')}. Let one of these tools run as something else.`,
      }
    }
    const saved = done.has(call.flow) ? null : await flows.get(call.flow)
    if (saved) path.push(stepOf(call.flow, saved.flow))
  }
  return null
}

function stepOf(id: string | null, { name, tools = [] }: FlowDocument): Step {
  const calls = tools.flatMap(({ run }, index) => (run.kind === 'flow' ? [{ flow: run.flow, index }] : []))
  return { id, name, calls, next: 0 }
}
