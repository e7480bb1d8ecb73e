import { closest } from '../lib/closest.ts'
import { jsonPointer } from '../lib/json.ts'
import type { Draft, DraftGroup } from './draft.ts'
import { type Problem, problemsIn } from './problem.ts'

/** Checks that every group has an id of its own, and that a tool stands in one group at most, once. */
export function checkGroups(draft: Draft): Problem[] {
  const ids = new Set<string>()
  const holders = new Map<string, DraftGroup>()
  return problemsIn(draft.groups, (group) => [
    ...checkId(group, ids),
    ...problemsIn(group.tools.entries(), ([index, tool]) => {
      const fault = tool === null ? null : memberFault(tool, group, draft, holders)
      return fault ? [{ pointer: jsonPointer([...group.path, 'tools', index]), message: fault }] : []
    }),
  ])
}

function checkId({ id, path }: DraftGroup, ids: Set<string>): Problem[] {
  if (id === null) return []
  const isTaken = ids.has(id)
  ids.add(id)
  const message = `Another group has the id "${id}" already: give each group an id of its own.`
  return isTaken ? [{ pointer: jsonPointer([...path, 'id']), message }] : []
}

function memberFault(tool: string, group: DraftGroup, draft: Draft, holders: Map<string, DraftGroup>): string | null {
  if (!draft.toolNamed.has(tool)) {
    const meant = closest(tool, [...draft.toolNamed.keys()])
    return `The group "${group.name ?? '?'}" holds "${tool}", but there is no such tool: ${meant ? `did you mean "${meant}"?` : 'take it out of the list.'}`
  }
  const holder = holders.get(tool)
  holders.set(tool, holder ?? group)
  if (!holder) return null
  return holder === group
    ? `"${tool}" stands twice in the group "${group.name ?? '?'}": take one away.`
    : `"${tool}" is already in the group "${holder.name ?? '?'}", and a tool is in one group at most: take it out of one.`
}
