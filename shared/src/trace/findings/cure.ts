import { limitsOf, parallelismOf, policyOf } from '../../flow/defaults.ts'
import { setAgent, updateTool } from '../../flow/edit.ts'
import { disconnect, isSameEdge } from '../../flow/editEdges.ts'
import type { Edge, Flow, Parallelism, Tool } from '../../flow/flow.ts'
import { type ClauseId, clauseOf, hasClause, insertClause } from '../../flow/promptClauses.ts'
import { err, ok, type Result } from '../../lib/result.ts'
import { seconds } from './words.ts'

/** What would help, as a change of the document that can be tried at once. */
export type Cure =
  | { change: 'remove_edge'; from: string; to: string; kind: Edge['kind'] }
  /** How many calls of the run may be under way at once. */
  | { change: 'raise_limit'; limit: 'concurrency'; value: number }
  | { change: 'raise_policy'; tool: string; policy: RaisedPolicy; value: number }
  | { change: 'set_hint'; tool: string; hint: 'readOnlyHint'; value: true }
  | { change: 'set_cache'; tool: string; cache: 'run' }
  | { change: 'set_approval'; tool: string; approval: 'never' }
  | { change: 'set_parallelism'; parallelism: Parallelism }
  | { change: 'add_clause'; clause: ClauseId }

type RaisedPolicy = 'concurrency' | 'timeoutMs'

/** Why a cure changes nothing: the flow has it already, or what it speaks of is not there. */
export interface NoCure {
  is: 'done' | 'gone'
  /** A sentence. */
  message: string
}

/** The flow with the change made. */
export function applyCure(flow: Flow, cure: Cure): Result<Flow, NoCure> {
  switch (cure.change) {
    case 'remove_edge': {
      for (const name of [cure.from, cure.to]) {
        const tool = toolOf(flow, name)
        if (!tool.ok) return tool
      }
      if (!flow.edges.some((edge) => isSameEdge(edge, cure)))
        return done(`There is no ${cure.kind} edge ${cure.from} → ${cure.to} any more.`)
      return ok(disconnect(flow, cure))
    }
    case 'raise_limit':
      if (limitsOf(flow.agent).concurrency >= cure.value)
        return done(`This flow may run ${limitsOf(flow.agent).concurrency} calls at once already.`)
      return ok(setAgent(flow, { limits: { ...flow.agent.limits, [cure.limit]: cure.value } }))
    case 'raise_policy':
      return changeTool(flow, cure.tool, (tool) =>
        policyOf(tool)[cure.policy] >= cure.value ? null : withPolicy(tool, { [cure.policy]: cure.value }),
      )
    case 'set_hint':
      return changeTool(flow, cure.tool, (tool) =>
        tool.annotations?.[cure.hint] === cure.value
          ? null
          : { ...tool, annotations: { ...tool.annotations, [cure.hint]: cure.value } },
      )
    case 'set_cache':
      return changeTool(flow, cure.tool, (tool) =>
        policyOf(tool).cache === cure.cache ? null : withPolicy(tool, { cache: cure.cache }),
      )
    case 'set_approval':
      return changeTool(flow, cure.tool, (tool) =>
        policyOf(tool).approval === cure.approval ? null : withPolicy(tool, { approval: cure.approval }),
      )
    case 'set_parallelism':
      if (parallelismOf(flow.agent) === cure.parallelism)
        return done(`The agent's parallelism is "${cure.parallelism}" already.`)
      return ok(setAgent(flow, { parallelism: cure.parallelism }))
    case 'add_clause': {
      const clause = clauseOf(cure.clause)
      const system = flow.agent.system ?? ''
      if (hasClause(system, clause)) return done(`The instructions say so already: "${clause.title}".`)
      return ok(setAgent(flow, { system: insertClause(system, clause).text }))
    }
  }
}

/** The change in a few words, as a command: the name of its button and of its step. None holds the word that starts a run. */
export function cureTitle(cure: Cure): string {
  switch (cure.change) {
    case 'remove_edge':
      return `Remove the edge ${cure.from} → ${cure.to}`
    case 'raise_limit':
      return `Allow ${cure.value} calls at once`
    case 'raise_policy':
      return cure.policy === 'concurrency'
        ? `Allow ${cure.value} calls of ${cure.tool} at once`
        : `Give ${cure.tool} ${seconds(cure.value)}`
    case 'set_hint':
      return `Mark ${cure.tool} as read-only`
    case 'set_cache':
      return `Let equal calls of ${cure.tool} share one result`
    case 'set_approval':
      return `Ask no approval for ${cure.tool}`
    case 'set_parallelism':
      return `Set parallelism to ${cure.parallelism}`
    case 'add_clause':
      return `Add to the instructions: ${clauseOf(cure.clause).title}`
  }
}

/** The first of these clauses that the instructions do not hold, as a cure; none where they hold them all. */
export function clauseCure(flow: Flow, ...clauses: ClauseId[]): { cure?: Cure } {
  const clause = clauses.find((id) => !hasClause(flow.agent.system ?? '', clauseOf(id)))
  return clause === undefined ? {} : { cure: { change: 'add_clause', clause } }
}

/** Changes a tool; null where it is as wanted. */
function changeTool(flow: Flow, name: string, change: (tool: Tool) => Tool | null): Result<Flow, NoCure> {
  const tool = toolOf(flow, name)
  if (!tool.ok) return tool
  const changed = change(tool.value)
  return changed ? ok(updateTool(flow, name, () => changed)) : done(`${name} is set so already.`)
}

function toolOf(flow: Flow, name: string): Result<Tool, NoCure> {
  const tool = flow.tools.find((one) => one.name === name)
  if (tool) return ok(tool)
  return err({ is: 'gone', message: `This flow has no tool "${name}" now: it was renamed or removed since the run.` })
}

const withPolicy = (tool: Tool, policy: Tool['policy']): Tool => ({ ...tool, policy: { ...tool.policy, ...policy } })
const done = (message: string) => err<NoCure>({ is: 'done', message })
