import { canonicalJson, isEqualJson } from '../../lib/json.ts'
import { freeNoteId, removeTools, renameTool } from '../edit.ts'
import { freeGroupId, groupsOf, withGroups } from '../editGroups.ts'
import type { Edge, Flow, Tool } from '../flow.ts'
import type { Sides } from './sides.ts'

export interface AlignedSides {
  sides: Sides<Flow>
  /** Tools to which each side gave another name: they have their old one here. */
  names: Sides<string>[]
  /** Tools that one side deleted and the other renamed: the old name and the new one. */
  torn: [from: string, to: string][]
}

/**
 * Brings three documents to speak of the same things by the same names, so that they can be merged part by part: a tool that one side
 * renamed has its new name in all, one that it deleted and nobody missed is in none, and what both added under one id by chance has two.
 */
export function alignSides(sides: Sides<Flow>): AlignedSides {
  const renamed = followRenames(sides)
  return { ...renamed, sides: tellApart(followDeletions(renamed.sides)) }
}

const toolOf = (flow: Flow, name: string) => flow.tools.find((tool) => tool.name === name)
const has = (flow: Flow, name: string) => toolOf(flow, name) !== undefined

// --- renames

/** A document holds no ids of tools: one that is gone where a new one says the same was renamed. */
function followRenames(given: Sides<Flow>): AlignedSides {
  let sides = given
  const names: AlignedSides['names'] = []
  const torn: AlignedSides['torn'] = []
  for (const { name } of given.base.tools) {
    const mine = newName(name, given.base, given.mine)
    const theirs = newName(name, given.base, given.theirs)
    const only = mine ?? theirs
    if (only === null || mine === theirs) continue
    const isTwice = mine !== null && theirs !== null
    if (!isTwice && !has(mine === null ? given.mine : given.theirs, name)) {
      torn.push([name, only])
      continue
    }
    const to = isTwice ? name : only
    const base = renameTool(sides.base, name, to)
    const own = renameTool(sides.mine, mine ?? name, to)
    const other = renameTool(sides.theirs, theirs ?? name, to)
    // Where the name cannot be had in all, it is a tool that went and another that came.
    if (!base.ok || !own.ok || !other.ok) continue
    sides = { base: base.value, mine: own.value, theirs: other.value }
    if (isTwice) names.push({ base: name, mine, theirs })
  }
  return { sides, names, torn }
}

/** What a side calls the tool now; null where the tool still has its name, is gone, or cannot be told from others. */
function newName(name: string, base: Flow, side: Flow): string | null {
  const tool = toolOf(base, name)
  if (!tool || has(side, name)) return null
  const isAlike = (other: Tool) => isEqualJson({ ...other, name }, tool)
  const gone = base.tools.filter((one) => isAlike(one) && !has(side, one.name))
  const come = side.tools.filter((one) => isAlike(one) && !has(base, one.name))
  return gone.length === 1 && come.length === 1 ? (come[0]?.name ?? null) : null
}

// --- deletions

/** Takes a tool that one side deleted from all, unless the other side changed it or drew edges at it meanwhile. */
function followDeletions({ base, mine, theirs }: Sides<Flow>): Sides<Flow> {
  const goneFrom = (side: Flow, other: Flow) =>
    base.tools
      .map(({ name }) => name)
      .filter((name) => !has(side, name) && has(other, name) && !isUsed(name, base, other))
  const [goneFromMine, goneFromTheirs] = [goneFrom(mine, theirs), goneFrom(theirs, mine)]
  return {
    base: removeTools(base, [...goneFromMine, ...goneFromTheirs]),
    mine: removeTools(mine, goneFromTheirs),
    theirs: removeTools(theirs, goneFromMine),
  }
}

/** Whether a side did something to a tool that is lost if the tool goes. Moving it is nothing, and so is taking an edge away. */
function isUsed(name: string, base: Flow, side: Flow): boolean {
  if (!isEqualJson(toolOf(base, name), toolOf(side, name))) return true
  const edgesOf = (flow: Flow) => flow.edges.filter((edge) => isEdgeOf(edge, name))
  const before = edgesOf(base)
  return edgesOf(side).some((edge) => !before.some((other) => isEqualJson(edge, other)))
}

export const isEdgeOf = (edge: Edge, tool: string) => edge.from === tool || edge.to === tool

// --- ids

/** Notes and groups get their ids from a count, so that both sides may have given the same one to what is not the same. */
function tellApart({ base, mine, theirs }: Sides<Flow>): Sides<Flow> {
  const notes = renumbered({ base: base.notes, mine: mine.notes, theirs: theirs.notes }, freeNoteId)
  const groups = renumbered({ base: groupsOf(base), mine: groupsOf(mine), theirs: groupsOf(theirs) }, freeGroupId)
  return {
    base,
    mine: { ...withGroups(mine, groups.mine), notes: notes.mine },
    theirs: { ...withGroups(theirs, groups.theirs), notes: notes.theirs },
  }
}

interface WithId {
  id: string
}

/** New things that share an id but nothing else: one of the two gets a free one, the same one from whichever side it is looked at. */
function renumbered<Thing extends WithId>(
  { base, mine, theirs }: Sides<readonly Thing[]>,
  freeId: (taken: readonly string[]) => string,
): { mine: Thing[]; theirs: Thing[] } {
  const taken = new Set([...base, ...mine, ...theirs].map(({ id }) => id))
  const renamed = new Map<Thing, string>()
  for (const [one, other] of sameIds(mine, theirs)) {
    if (base.some(({ id }) => id === one.id) || isEqualJson(one, other)) continue
    const id = freeId([...taken])
    taken.add(id)
    renamed.set(canonicalJson(one) < canonicalJson(other) ? other : one, id)
  }
  const withId = (thing: Thing) => ({ ...thing, id: renamed.get(thing) ?? thing.id })
  return { mine: mine.map(withId), theirs: theirs.map(withId) }
}

function sameIds<Thing extends WithId>(mine: readonly Thing[], theirs: readonly Thing[]): [Thing, Thing][] {
  const other = new Map(theirs.map((thing) => [thing.id, thing]))
  return mine
    .flatMap((thing): [Thing, Thing][] => {
      const found = other.get(thing.id)
      return found ? [[thing, found]] : []
    })
    .sort(([one], [another]) => (one.id < another.id ? -1 : 1))
}
