import type { Flow, Group } from './flow.ts'

// Groups are frames on the canvas. A tool is in one at most, a group without tools is none, and a flow without groups has no key for them.

export const groupsOf = (flow: Pick<Flow, 'groups'>): readonly Group[] => flow.groups ?? NONE
const NONE: readonly Group[] = []

/** The groups of which every tool is among the named ones. */
export function wholeGroups(flow: Flow, names: readonly string[]): Group[] {
  const chosen = new Set(names)
  return groupsOf(flow).filter((group) => group.tools.length > 0 && group.tools.every((name) => chosen.has(name)))
}

/** Puts tools under a frame of their own. A group that is taken whole stays, and the others join it; else they leave theirs. */
export function groupTools(flow: Flow, names: readonly string[]): { flow: Flow; id: string } | null {
  const known = new Set(flow.tools.map((tool) => tool.name))
  const members = [...new Set(names)].filter((name) => known.has(name))
  if (members.length === 0) return null
  const whole = wholeGroups(flow, members)[0]
  if (whole) {
    const tools = [...whole.tools, ...members.filter((name) => !whole.tools.includes(name))]
    const others = withoutMembers(groupsOf(flow), new Set(members), whole.id)
    return { flow: withGroups(flow, replaced(others, whole.id, { tools })), id: whole.id }
  }
  const id = freeGroupId(groupsOf(flow).map((group) => group.id))
  const left = withoutMembers(groupsOf(flow), new Set(members))
  return { flow: withGroups(flow, [...left, { id, name: freeGroupName(left), tools: members }]), id }
}

/** Takes tools out of their groups. A group that is left without tools is gone. */
export function ungroupTools(flow: Flow, names: readonly string[]): Flow {
  const gone = new Set(names)
  if (!groupsOf(flow).some((group) => group.tools.some((name) => gone.has(name)))) return flow
  return withGroups(flow, withoutMembers(groupsOf(flow), gone))
}

/** Changes a group's name or colour; the colour `null` is none. An empty name changes nothing. */
export function updateGroup(flow: Flow, id: string, change: { name?: string; color?: Group['color'] | null }): Flow {
  const group = groupsOf(flow).find((one) => one.id === id)
  const name = change.name?.trim().slice(0, 200) || group?.name
  if (!group || name === undefined) return flow
  const { color: _before, ...rest } = group
  const color = change.color === undefined ? group.color : change.color
  if (name === group.name && (color ?? undefined) === group.color) return flow
  const after: Group = { ...rest, name, ...(color ? { color } : {}) }
  return withGroups(
    flow,
    groupsOf(flow).map((one) => (one.id === id ? after : one)),
  )
}

/** The flow with these groups; the key is left out when there are none, so that a document stays as it was written. */
export function withGroups(flow: Flow, groups: readonly Group[]): Flow {
  const { groups: _before, ...rest } = flow
  return groups.length === 0 ? rest : { ...rest, groups: [...groups] }
}

/** Where tools got other names, the groups follow. */
export const withRenamedMembers = (flow: Flow, from: string, to: string): Flow =>
  groupsOf(flow).some((group) => group.tools.includes(from))
    ? withGroups(
        flow,
        groupsOf(flow).map((group) => ({ ...group, tools: group.tools.map((name) => (name === from ? to : name)) })),
      )
    : flow

export function freeGroupId(taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number++) if (!taken.includes(`g${number}`)) return `g${number}`
}

function freeGroupName(groups: readonly Group[]): string {
  const taken = new Set(groups.map((group) => group.name))
  for (let number = 1; ; number++) if (!taken.has(`Group ${number}`)) return `Group ${number}`
}

function withoutMembers(groups: readonly Group[], gone: ReadonlySet<string>, except?: string): Group[] {
  return groups
    .map((group) =>
      group.id !== except && group.tools.some((name) => gone.has(name))
        ? { ...group, tools: group.tools.filter((name) => !gone.has(name)) }
        : group,
    )
    .filter((group) => group.tools.length > 0)
}

const replaced = (groups: readonly Group[], id: string, change: Partial<Group>): Group[] =>
  groups.map((group) => (group.id === id ? { ...group, ...change } : group))
