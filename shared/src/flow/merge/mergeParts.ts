import { isEqualJson } from '../../lib/json.ts'
import type { Flow } from '../flow.ts'
import type { Bundle } from './bundles.ts'
import { mergedOrder } from './mergedOrder.ts'
import { type Clash, mergeValue } from './mergeValue.ts'
import { flowOf, numberer, PART_KINDS, type Part, type Parts, pathOf, pointerAt, pointerOf } from './parts.ts'
import { each, type Sides } from './sides.ts'
import { titleOf, titleOfField } from './titles.ts'

/** What both sides changed, each otherwise. A value is undefined where the thing is not there. */
export interface Conflict extends Sides<unknown> {
  /** Where, as a JSON Pointer in which tools, edges, notes and groups stand by name or id: the same for both sides. */
  pointer: string
  /** Where, as people call it. */
  label: string
  /** What a mixture would be wrong with; null where both changed the same thing. */
  because: string | null
}

/** Merges documents part by part, bundles of parts as one. Conflicts are the same however they are decided. */
export function mergeParts(
  sides: Sides<Parts>,
  bundles: readonly Bundle[],
  decide: (pointer: string) => 'mine' | 'theirs',
): { flow: Flow; conflicts: Conflict[] } {
  const settled = bundles.map((bundle) => settleBundle(bundle, sides))
  const bundleOf = new Map(settled.flatMap((one) => one.pointers.map((pointer) => [pointer, one] as const)))
  const conflicts = new Map<string, Conflict>()
  const parts = pointersOf(sides).flatMap((pointer): Part[] => {
    const versions = each(sides, (side) => side.get(pointer))
    const bundle = bundleOf.get(pointer)
    if (bundle) {
      if (bundle.conflict) conflicts.set(bundle.conflict.pointer, bundle.conflict)
      const part = versions[bundle.conflict ? decide(bundle.conflict.pointer) : bundle.side]
      return part ? [part] : []
    }
    const part = versions.mine ?? versions.theirs
    if (!part) return []
    const values = each(versions, (version) => version?.value)
    const { value, clashes } = mergeValue(values, pathOf(part), (path) => decide(pointerAt(path)))
    for (const clash of clashes) conflicts.set(pointerAt(clash.path), conflictOf(clash, versions.base ?? part))
    return value === undefined ? [] : [{ ...part, value } as Part]
  })
  return { flow: flowOf(parts, (id) => wasEmpty(id, sides)), conflicts: [...conflicts.values()] }
}

/** The pointers of all parts, in the order in which the merged document has them. */
function pointersOf(sides: Sides<Parts>): string[] {
  return PART_KINDS.flatMap((kind) =>
    mergedOrder(each(sides, (side) => [...side].flatMap(([pointer, part]) => (part.kind === kind ? [pointer] : [])))),
  )
}

function wasEmpty(group: string, { mine, theirs }: Sides<Parts>): boolean {
  return [mine, theirs].some((side) => {
    const part = side.get(pointerOf({ kind: 'groups', name: group }))
    return part?.kind === 'groups' && part.value.tools.length === 0
  })
}

function conflictOf({ path, ...sides }: Clash, part: Part): Conflict {
  return { pointer: pointerAt(path), label: titleOfField(part, path.slice(2)), because: null, ...sides }
}

// --- bundles

type SettledBundle = { pointers: string[] } & ({ side: 'mine' | 'theirs'; conflict: null } | { conflict: Conflict })

/** The side that a bundle is taken from, or the conflict that decides it. Where things stand is nothing beside what they are. */
function settleBundle({ pointers, because }: Bundle, sides: Sides<Parts>): SettledBundle {
  const all = [...pointers]
  const things = all.filter((pointer) => !pointer.startsWith('/layout/'))
  const told = things.length > 0 ? things : all
  const isSame = (one: keyof typeof sides, other: keyof typeof sides) =>
    told.every((pointer) => isEqualJson(sides[one].get(pointer)?.value, sides[other].get(pointer)?.value))
  if (isSame('mine', 'theirs') || isSame('base', 'theirs')) return { pointers: all, side: 'mine', conflict: null }
  if (isSame('base', 'mine')) return { pointers: all, side: 'theirs', conflict: null }
  return { pointers: all, conflict: { ...conflictIn(told, sides), because } }
}

/** What a bundle is about, under the pointer of its first part: tools before edges, by their names. */
function conflictIn(told: readonly string[], sides: Sides<Parts>): Omit<Conflict, 'because'> {
  const parts = told
    .map((pointer) => each(sides, (side) => side.get(pointer)))
    .filter(({ base, mine, theirs }) => [mine, theirs].some((side) => !isEqualJson(base?.value, side?.value)))
    .flatMap(({ base, mine, theirs }) => base ?? mine ?? theirs ?? [])
  const ordered = PART_KINDS.flatMap((kind) => parts.filter((part) => part.kind === kind).sort(byPointer))
  const [first] = ordered
  const values = each(sides, (side) => {
    const there = ordered.flatMap((part) => side.get(pointerOf(part)) ?? [])
    if (ordered.length === 1) return there[0]?.value
    return there.length === 0 ? undefined : byTitle(there)
  })
  return { pointer: first ? pointerOf(first) : '', label: titleOf(ordered), ...values }
}

/** Parts under their titles; several that are called alike are numbered. */
function byTitle(parts: readonly Part[]): Record<string, unknown> {
  const named = numberer()
  return Object.fromEntries(parts.map((part) => [named(titleOf([part])), part.value]))
}

const byPointer = (one: Part, other: Part) => (pointerOf(one) < pointerOf(other) ? -1 : 1)
