import type { Flow } from '@volley/shared/flow/flow.ts'
import type { Problem } from '@volley/shared/flow/problem.ts'
import { create } from 'zustand'
import type { Place } from './place.ts'
import { AGENT, edgeKey, noteKey } from './sessionStore.ts'

// What the server found wrong with the document as it stands. Not saved, not undone: it can be asked for again at any time.

interface ProblemStore {
  problems: readonly Problem[]
  setProblems(problems: readonly Problem[]): void
}

export const useProblems = create<ProblemStore>((set) => ({
  problems: [],
  setProblems: (problems) => set({ problems }),
}))

/** What a problem belongs to: the key to select, what to call it, and the way below that. */
export interface ProblemPlace {
  key: string | null
  title: string
  /** The pointer's parts below the thing: `['parameters', 'properties', 'lat']`. */
  below: string[]
}

/** Reads a problem's pointer against the flow it speaks of. */
export function placeOf(problem: Problem, flow: Flow): ProblemPlace {
  const [part, index, ...below] = problem.pointer
    .split('/')
    .slice(1)
    .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'))
  const at = Number(index)
  if (part === 'tools' && flow.tools[at]) return { key: flow.tools[at].name, title: flow.tools[at].name, below }
  if (part === 'edges' && flow.edges[at]) {
    const edge = flow.edges[at]
    return { key: edgeKey(edge), title: `${edge.from} → ${edge.to}`, below }
  }
  const note = part === 'notes' ? flow.notes[at] : undefined
  if (note) return { key: noteKey(note.id), title: 'note', below }
  if (part === 'agent') return { key: AGENT, title: 'agent', below: index === undefined ? [] : [index, ...below] }
  const rest = [part, index, ...below].filter((one) => one !== undefined)
  return { key: null, title: 'flow', below: rest }
}

/** For each thing with problems the message of its first, computed once for a list of problems and shared by every node that asks. */
const firstMessages = new WeakMap<readonly Problem[], { flow: Flow; byKey: ReadonlyMap<string, string> }>()

/** What to say of a thing where there is room for one sentence; undefined when nothing is wrong with it. */
export function firstProblem(problems: readonly Problem[], flow: Flow, key: string): string | undefined {
  if (problems.length === 0) return undefined
  let known = firstMessages.get(problems)
  if (known?.flow !== flow) {
    const byKey = new Map<string, string>()
    for (const problem of problems) {
      const place = placeOf(problem, flow)
      if (place.key !== null && !byKey.has(place.key)) byKey.set(place.key, problem.message)
    }
    known = { flow, byKey }
    firstMessages.set(problems, known)
  }
  return known.byKey.get(key)
}

/** The tab of the inspector where a part of a tool or of the agent is edited. */
const TABS: Record<string, string> = {
  run: 'run',
  policy: 'policy',
  annotations: 'policy',
  settings: 'settings',
  limits: 'limits',
}

/** Where in the inspector a problem can be mended. */
export function fieldPlaceOf(problem: Problem, flow: Flow): Place {
  const { key, below } = placeOf(problem, flow)
  const usual = key === AGENT ? 'model' : flow.tools.some((tool) => tool.name === key) ? 'definition' : null
  return { key, tab: usual && (TABS[below[0] ?? ''] ?? usual), field: below.join('.') }
}
