import { components, successorsOf } from '../../lib/graph.ts'
import { isEqualJson } from '../../lib/json.ts'
import { checkMeaning } from '../check.ts'
import { propertiesOf, requiredOf } from '../editParameters.ts'
import type { Edge, Flow, Tool } from '../flow.ts'
import type { Problem } from '../problem.ts'
import { type AlignedSides, isEdgeOf } from './alignSides.ts'
import { mergeParts } from './mergeParts.ts'
import { type Part, type Parts, pointerOf } from './parts.ts'
import { each, SIDES, type Sides } from './sides.ts'

/** Parts that are taken from one side together, since what each side has of them fits to nothing else. */
export interface Bundle {
  pointers: ReadonlySet<string>
  /** What would be wrong with a mixture; null where that is plain. */
  because: string | null
}

/**
 * The parts of a merge that are decided as one. Each document is good for itself: where their mixture is not, the parts that do not fit
 * come from one side. Whichever it is, the merged document is then a good one.
 */
export function bundlesOf({ sides, torn }: AlignedSides, parts: Sides<Parts>): Bundle[] {
  const all = SIDES.flatMap((side) => [...parts[side].values()])
  let bundles = united([
    ...deletedTools(sides).map((name) => withAllOf([name], all)),
    ...torn.map((names) => withAllOf(names, all)),
  ])
  bundles = united([...bundles, places(parts, bundles)])
  for (;;) {
    const mixed = (['mine', 'theirs'] as const).map((side) => mergeParts(parts, bundles, () => side).flow)
    const next = united([...bundles, ...mixed.flatMap((flow) => misfits(flow, sides, all))])
    if (sizeOf(next) === sizeOf(bundles)) return bundles
    bundles = next
  }
}

/** What grows or becomes fewer with everything that is bundled. */
const sizeOf = (bundles: readonly Bundle[]) =>
  `${bundles.reduce((sum, { pointers }) => sum + pointers.size, 0)} in ${bundles.length}`

/** Those that share a part become one. */
function united(bundles: readonly Bundle[]): Bundle[] {
  return bundles.reduce<Bundle[]>((apart, { pointers, because }) => {
    if (pointers.size === 0) return apart
    const touched = apart.filter((other) => [...other.pointers].some((pointer) => pointers.has(pointer)))
    const bundle = {
      pointers: new Set([...touched.flatMap((other) => [...other.pointers]), ...pointers]),
      because: touched.find((other) => other.because !== null)?.because ?? because,
    }
    return [...apart.filter((other) => !touched.includes(other)), bundle]
  }, [])
}

// --- what hangs together

/** Tools that one side deleted although the other did something to them. */
function deletedTools({ base, mine, theirs }: Sides<Flow>): string[] {
  const [own, other] = [mine, theirs].map(({ tools }) => new Set(tools.map(({ name }) => name)))
  return base.tools.map(({ name }) => name).filter((name) => own?.has(name) !== other?.has(name))
}

/** Tools with their places and every edge at them. */
function withAllOf(tools: readonly string[], all: readonly Part[]): Bundle {
  const isOfThem = (part: Part) =>
    part.kind === 'edges'
      ? tools.some((tool) => isEdgeOf(part.value, tool))
      : (part.kind === 'tools' || part.kind === 'layout') && tools.includes(part.name)
  return { pointers: pointersOf(all.filter(isOfThem)), because: null }
}

/** What both sides moved, each elsewhere: one question, however much it is. */
function places(parts: Sides<Parts>, bundles: readonly Bundle[]): Bundle {
  const moved = [...parts.mine.values()].filter((part) => {
    const pointer = pointerOf(part)
    const { base, mine, theirs } = each(parts, (side) => side.get(pointer)?.value)
    const isOpen = part.kind === 'layout' && !bundles.some(({ pointers }) => pointers.has(pointer))
    return isOpen && theirs && !isEqualJson(base, mine) && !isEqualJson(base, theirs) && !isEqualJson(mine, theirs)
  })
  return { pointers: pointersOf(moved), because: null }
}

const pointersOf = (parts: readonly Part[]) => new Set(parts.map(pointerOf))

// --- what does not fit

/** What is wrong with a mixture and with neither side, each with the parts it comes from. */
function misfits(flow: Flow, { mine, theirs }: Sides<Flow>, all: readonly Part[]): Bundle[] {
  const known = new Set([...faultsOf(mine), ...faultsOf(theirs)].map(({ message }) => message))
  return faultsOf(flow)
    .filter(({ message }) => !known.has(message))
    .map((fault) => ({ pointers: pointersOf(partsBetween(fault, flow, all)), because: fault.message }))
}

function faultsOf(flow: Flow): Problem[] {
  // Schemas are left to the check that every save passes: shared code has no library for them.
  return [...checkMeaning(flow, () => []), ...flow.tools.flatMap(lostParameters)]
}

/** A parameter that one side made required while the other took it away: nothing the check forbids, and no call could be made. */
function lostParameters(tool: Tool, at: number): Problem[] {
  return requiredOf(tool)
    .filter((name) => !Object.hasOwn(propertiesOf(tool), name))
    .map((name) => ({
      pointer: `/tools/${at}`,
      message: `"${tool.name}" requires the parameter "${name}", which it does not have.`,
    }))
}

/** The parts that a fault lies between. Taken from one side together, they are as good as they are there. */
function partsBetween({ pointer }: Problem, flow: Flow, all: readonly Part[]): Part[] {
  const [kind, index, ...below] = pointer.split('/').slice(1)
  const edge = kind === 'edges' ? flow.edges[Number(index)] : undefined
  if (edge && below.length === 0) {
    const circle = circleOf(edge, flow)
    return all.filter((part) => part.kind === 'edges' && circle.has(part.value.from) && circle.has(part.value.to))
  }
  if (edge)
    return all.filter((part) =>
      part.kind === 'edges'
        ? part.value.to === edge.to && (part.value.map || part.value.from === edge.from)
        : part.kind === 'tools' && part.name === edge.to,
    )
  const tool = kind === 'tools' ? flow.tools[Number(index)]?.name : undefined
  return all.filter((part) => (part.kind === 'tools' ? part.name === tool : part.kind === kind))
}

/** The tools that an edge stands in a circle with. */
function circleOf(edge: Edge, flow: Flow): Set<string> {
  const names = flow.tools.map(({ name }) => name)
  return new Set(components(successorsOf(names, flow.edges)).find((component) => component.includes(edge.from)))
}
