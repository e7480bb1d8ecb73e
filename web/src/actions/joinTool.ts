import { connect, insertOnEdge } from '@volley/shared/flow/editEdges.ts'
import { groupsOf, groupTools } from '@volley/shared/flow/editGroups.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { ok, type Result } from '@volley/shared/lib/result.ts'
import { listAnd } from '@volley/shared/lib/words.ts'
import type { Joint } from '../state/quickAdd.ts'

/** A flow with a tool joined to others, and what is worth saying of it. */
export interface Joined {
  flow: Flow
  news: { message: string; more: string } | null
}

/** Joins a tool of the flow to what it was put beside, on or into. Pure. */
export function joinTool(flow: Flow, name: string, joint: Joint): Result<Joined, string> {
  switch (joint.is) {
    case 'alone':
      return ok({ flow, news: null })
    case 'after':
      return withoutNews(connect(flow, joint.tool, name))
    case 'before':
      return withoutNews(connect(flow, name, joint.tool))
    case 'in': {
      const group = groupsOf(flow).find((one) => one.id === joint.group)
      return ok({ flow: (group && groupTools(flow, [...group.tools, name])?.flow) ?? flow, news: null })
    }
    case 'between': {
      const { from, to } = joint.edge
      const inserted = insertOnEdge(flow, joint.edge, name)
      if (!inserted.ok) return inserted
      const { flow: next, stillMapped } = inserted.value
      const message = `“${to}” still takes ${listAnd(stillMapped)} from “${from}”.`
      const more = `Only “${from}” gives these values, so that edge stays beside the new way over “${name}”.`
      return ok({ flow: next, news: stillMapped.length > 0 ? { message, more } : null })
    }
  }
}

/** What a step adds to its name: `after geo`, `between geo and forecast`. */
export function jointWords(joint: Joint, flow: Flow): string {
  switch (joint.is) {
    case 'alone':
      return ''
    case 'after':
    case 'before':
      return ` ${joint.is} ${joint.tool}`
    case 'between':
      return ` between ${joint.edge.from} and ${joint.edge.to}`
    case 'in':
      return ` to ${groupsOf(flow).find((one) => one.id === joint.group)?.name ?? 'a group'}`
  }
}

function withoutNews(edited: Result<Flow, string>): Result<Joined, string> {
  return edited.ok ? ok({ flow: edited.value, news: null }) : edited
}
