import { renameTool } from '../edit.ts'
import type { Flow } from '../flow.ts'
import { alignSides } from './alignSides.ts'
import { bundlesOf } from './bundles.ts'
import { type Conflict, mergeParts } from './mergeParts.ts'
import { partsOf, pointerAt } from './parts.ts'
import type { Sides } from './sides.ts'

export type { Conflict } from './mergeParts.ts'

export interface FlowMerge {
  /** Both sides' changes, conflicts decided as asked. */
  flow: Flow
  /** What both changed, each otherwise: the same ones however they are decided. */
  conflicts: Conflict[]
}

const NONE: ReadonlySet<string> = new Set()

/**
 * Merges what two sides made of one document. What one side changed is taken from it, what both changed alike is taken once, and the rest
 * are conflicts, by default decided for mine; `forTheirs` has the pointers of those that are decided for theirs. Of good documents comes
 * a good one where all is decided for one side; decisions for both sides can fit badly, which a check of the document tells.
 */
export function mergeFlows(base: Flow, mine: Flow, theirs: Flow, forTheirs = NONE): FlowMerge {
  const aligned = alignSides({ base, mine, theirs })
  const parts = partsOf(aligned.sides)
  const decide = (pointer: string) => (forTheirs.has(pointer) ? 'theirs' : 'mine')
  const merged = mergeParts(parts, bundlesOf(aligned, parts), decide)
  const names = aligned.names.map(nameConflict)
  return {
    flow: names.reduce((flow, conflict) => withName(flow, conflict, decide(conflict.pointer)), merged.flow),
    conflicts: [...names, ...merged.conflicts],
  }
}

type NameConflict = Conflict & Sides<string>

function nameConflict(names: Sides<string>): NameConflict {
  const pointer = pointerAt(['tools', names.base, 'name'])
  return { pointer, label: `Tool ${names.base}: name`, because: null, ...names }
}

/** Until here the tool went by its old name. It keeps that where the other cannot be had any more. */
function withName(flow: Flow, conflict: NameConflict, side: 'mine' | 'theirs'): Flow {
  const renamed = renameTool(flow, conflict.base, conflict[side])
  return renamed.ok ? renamed.value : flow
}
