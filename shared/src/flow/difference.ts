import { isEqualJson, isObject } from '../lib/json.ts'
import { type Edge, type Flow, flowSchema } from './flow.ts'

/** One field that differs: where, in words joined by dots, and its value on each side; undefined where it is not there. */
export interface FieldChange {
  field: string
  before: unknown
  after: unknown
}

export type PartChange = { name: string } & ({ is: 'added' | 'removed' } | { is: 'changed'; fields: FieldChange[] })

/** What is different between two documents, by the parts that people speak of. Nothing where they say the same. */
export interface FlowDifference {
  /** The instructions, when they differ. */
  prompt: { before: string; after: string } | null
  /** Name, description, and the agent but for its instructions. */
  settings: FieldChange[]
  tools: PartChange[]
  edges: (PartChange & Pick<Edge, 'from' | 'to' | 'kind'>)[]
  /** Whether places, notes or frames on the canvas differ: they mean nothing to a run. */
  isCanvasChanged: boolean
}

/** Compares two documents; the order of tools and edges counts as nothing. */
export function differenceOf(before: Flow, after: Flow): FlowDifference {
  const { system: promptBefore = '', ...agentBefore } = before.agent
  const { system: promptAfter = '', ...agentAfter } = after.agent
  const looks = ({ layout, notes, groups }: Flow) => ({ layout, notes, groups })
  return {
    prompt: promptBefore === promptAfter ? null : { before: promptBefore, after: promptAfter },
    settings: fieldChanges(
      { name: before.name, description: before.description, agent: agentBefore },
      { name: after.name, description: after.description, agent: agentAfter },
    ),
    tools: partChanges(before.tools, after.tools, ({ name }) => name),
    edges: partChanges(before.edges, after.edges, edgeName).map((change) => {
      const edge = [...after.edges, ...before.edges].find((one) => edgeName(one) === change.name)
      return { ...change, from: edge?.from ?? '', to: edge?.to ?? '', kind: edge?.kind ?? 'order' }
    }),
    isCanvasChanged: !isEqualJson(looks(before), looks(after)),
  }
}

/** Whether nothing is different that a run could tell. */
export function isSameToRuns({ prompt, settings, tools, edges }: FlowDifference): boolean {
  return prompt === null && settings.length + tools.length + edges.length === 0
}

/** The same of two values that may be no documents any more; null where one cannot be read. */
export function differenceOfDocuments(before: unknown, after: unknown): FlowDifference | null {
  const [one, other] = [flowSchema.safeParse(before), flowSchema.safeParse(after)]
  return one.success && other.success ? differenceOf(one.data, other.data) : null
}

const edgeName = ({ from, to }: Edge) => `${from} → ${to}`

function partChanges<Part>(
  before: readonly Part[],
  after: readonly Part[],
  nameOf: (part: Part) => string,
): PartChange[] {
  const [old, now] = [
    new Map(before.map((part) => [nameOf(part), part])),
    new Map(after.map((part) => [nameOf(part), part])),
  ]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name): PartChange[] => {
    if (!old.has(name)) return [{ name, is: 'added' }]
    if (!now.has(name)) return [{ name, is: 'removed' }]
    const fields = fieldChanges(old.get(name), now.get(name))
    return fields.length > 0 ? [{ name, is: 'changed', fields }] : []
  })
}

/** Objects are compared field by field, all the way down; everything else, lists included, as a whole. */
export function fieldChanges(before: unknown, after: unknown, path: readonly string[] = []): FieldChange[] {
  if (isEqualJson(before, after)) return []
  if (!isObject(before) || !isObject(after)) return [{ field: path.join('.'), before, after }]
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.flatMap((key) => fieldChanges(before[key], after[key], [...path, key]))
}
