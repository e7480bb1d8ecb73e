import { isEqualJson, isObject } from '@volley/shared/lib/json.ts'
import { chooseTools, companionsOf } from './chooseTools.ts'
import { askedParameters, type Filling, fillParameter, typeOf } from './fillArguments.ts'
import type { OfferedTool } from './offeredTool.ts'
import { oneByOne } from './oneByOne.ts'
import type { InputWords } from './readInput.ts'

/** A call the conversation already holds. */
export interface PastCall {
  tool: string
  arguments: Record<string, unknown>
  /** The result as a value where it is JSON, else as text. */
  result: unknown
  failed: boolean
}

export interface PlannedCall {
  tool: string
  arguments: Record<string, unknown>
}

/** A call with its number in the conversation; `past` once its result is known. */
interface NumberedCall {
  number: number
  tool: string
  past: PastCall | undefined
}

const MAX_CALLS_OF_A_TOOL = 12
const MAX_COMPANIONS = 2

/**
 * The calls of the next turn, in an order that keeps every edge: what the input asks for, less what was called before. None: all that
 * can be found out is there. One that needs a value only a result can give, and may not refer to it, is left for the turn after.
 */
export function planCalls(
  tools: readonly OfferedTool[],
  words: InputWords,
  past: readonly PastCall[],
  { parallel }: { parallel: boolean },
): PlannedCall[] {
  const wanted = withCompanion(tools, chooseTools(tools, words), words)
  const chosen = parallel ? wanted : oneByOne(tools, wanted, words)
  const calls: NumberedCall[] = past.map((call, at) => ({ number: at + 1, tool: call.tool, past: call }))
  const planned: PlannedCall[] = []
  const left = new Set<string>()
  // One call a turn: a tool that others have followed is done with, whatever more could be asked of it now.
  const done = parallel ? 0 : chosen.findLastIndex(({ name }) => past.some((call) => call.tool === name))
  for (const tool of chosen.slice(Math.max(0, done))) {
    const rows = tool.after.some((source) => left.has(source)) ? undefined : planTool(tool, calls, words, { parallel })
    if (!rows) {
      left.add(tool.name)
      continue
    }
    const earlier = past.filter((call) => call.tool === tool.name)
    const before = isRefusedReference(earlier, rows) ? 0 : earlier.length
    for (const row of rows.slice(before)) {
      planned.push({ tool: tool.name, arguments: row })
      if (!parallel) return planned
      calls.push({ number: calls.length + 1, tool: tool.name, past: undefined })
    }
  }
  return planned
}

/** Calls that only pointed wrongly are made once more, now that the results can be read. */
function isRefusedReference(earlier: readonly PastCall[], rows: readonly Record<string, unknown>[]): boolean {
  const refused = earlier.every(({ failed, result }) => failed && /reference/i.test(JSON.stringify(result)))
  const same = earlier.every(({ arguments: given }, at) => isEqualJson(given, rows[at]))
  return earlier.length > 0 && earlier.length === rows.length && refused && !same
}

/** A volley of one tool is joined by others that ask for the same thing, where the flow has them: a city's weather, and its time. */
function withCompanion(tools: readonly OfferedTool[], chosen: OfferedTool[], words: InputWords): OfferedTool[] {
  if (chosen.length !== 1 || tools.length < 3 || words.things.length === 0) return chosen
  return [...chosen, ...companionsOf(tools, chosen).slice(0, MAX_COMPANIONS)]
}

/** The arguments of every call of one tool; undefined while it must wait for results it cannot refer to. */
function planTool(
  tool: OfferedTool,
  calls: readonly NumberedCall[],
  words: InputWords,
  { parallel }: { parallel: boolean },
): Record<string, unknown>[] | undefined {
  // Where one call a turn is asked for, nothing tells the order: any result so far may hold the value.
  const anyBefore = !parallel && tool.after.length === 0
  const sources = calls.filter((call) => (anyBefore ? call.tool !== tool.name : tool.after.includes(call.tool)))
  const asked = askedParameters(tool, words)
  const fillings = new Map<string, Filling>(
    asked.map((name) => [name, fillParameter(name, tool.properties[name]?.schema ?? {}, words, asked)]),
  )
  const numbered = Object.entries(tool.properties).filter(([, { callOf }]) => callOf !== undefined)
  const unsure = asked.filter((name) => tool.required.includes(name) && !fillings.get(name)?.sure)
  const mayRefer = (name: string) => tool.properties[name]?.takesReference === true
  const whole = asked.filter((name) => mayRefer(name) && tool.required.includes(name) && isContent(name, tool))
  const referring = unsure.filter((name) => mayRefer(name) && !whole.includes(name))

  if (numbered.length > 0)
    return planNumbered(
      numbered.map(([name]) => name),
      referring.concat(whole),
      sources,
      fillings,
    )
  if (referring.length + whole.length > 0 && sources.length > 0)
    return planReferring(tool, { referring, whole }, sources, fillings)
  if (
    unsure.length > 0 &&
    sources.length > 0 &&
    Object.values(tool.properties).every(({ takesReference }) => !takesReference)
  ) {
    if (sources.some(({ past }) => past === undefined)) return undefined
    return planFromResults(unsure, sources, fillings, { isEdge: !anyBefore })
  }
  return fannedOut(fillings)
}

/** Each source call is taken up by one call that names its number. */
function planNumbered(
  names: readonly string[],
  referring: readonly string[],
  sources: readonly NumberedCall[],
  fillings: ReadonlyMap<string, Filling>,
) {
  const columns = names.flatMap((name) => {
    const numbers = usable(sources, name).map(({ number }) => number)
    // On a cycle the source may not have been called yet: then the first call goes without it.
    return numbers.length > 0 || sources.some((call) => call.tool === name) ? [{ name, numbers }] : []
  })
  if (columns.some(({ numbers }) => numbers.length === 0)) return []
  const others = sources.filter((call) => !names.includes(call.tool) && !call.past?.failed)
  const rows = Math.max(0, ...columns.map(({ numbers }) => numbers.length))
  if (rows === 0) return fannedOut(fillings)
  return Array.from({ length: Math.min(rows, MAX_CALLS_OF_A_TOOL) }, (_row, at) => ({
    ...rowOf(fillings, at, rows),
    ...Object.fromEntries(columns.map(({ name, numbers }) => [name, numbers[at % numbers.length]])),
    ...referencesTo(others[at % others.length], referring),
  }))
}

/** Single values of one result, by the paths under which they stand or are likely to stand. */
function referencesTo(source: NumberedCall | undefined, names: readonly string[]): Record<string, unknown> {
  if (!source) return {}
  const { number, past } = source
  return Object.fromEntries(
    names.map((name) => [name, { from_call: number, path: (past && pathOf(past.result, name)) ?? name }]),
  )
}

/** Arguments that stand for results: single values by their path, or whole results where a tool works on what others found. */
function planReferring(
  tool: OfferedTool,
  { referring, whole }: { referring: readonly string[]; whole: readonly string[] },
  sources: readonly NumberedCall[],
  fillings: ReadonlyMap<string, Filling>,
): Record<string, unknown>[] {
  const all = sources.filter(({ past }) => !past?.failed)
  if (all.length === 0) return []
  const lists = whole.filter((name) => typeOf(tool.properties[name]?.schema ?? {}) === 'array')
  // The last tool it runs after stands nearest to it in the flow. A list takes all that was found, in one call.
  const nearest = all.at(-1)?.tool ?? ''
  const from =
    lists.length > 0 && referring.length === 0 ? all.slice(-1) : usable(all, nearest).slice(0, MAX_CALLS_OF_A_TOOL)
  return from.map((source, at) => ({
    ...rowOf(fillings, at, from.length),
    ...Object.fromEntries([
      ...whole.map((name) => [
        name,
        lists.includes(name)
          ? all.map((one) => wholeOf(one, itemType(tool, name)))
          : wholeOf(source, typeOf(tool.properties[name]?.schema ?? {})),
      ]),
      ...referring.map((name) => [
        name,
        { from_call: source.number, path: (source.past && pathOf(source.past.result, name)) ?? name },
      ]),
    ]),
  }))
}

/** A whole result; as text where text is asked for, since it may be an object. */
function wholeOf({ number }: NumberedCall, type: string) {
  return type === 'string' ? { from_call: number, text: '{}' } : { from_call: number }
}

function itemType(tool: OfferedTool, name: string): string {
  const items = tool.properties[name]?.schema.items
  return isObject(items) ? typeOf(items) : 'object'
}

/** Whether a parameter asks for what others found and not for a single value of it. */
function isContent(name: string, tool: OfferedTool): boolean {
  const type = typeOf(tool.properties[name]?.schema ?? {})
  return (
    type !== 'number' &&
    type !== 'integer' &&
    type !== 'boolean' &&
    /notes?|text|content|body|context|document|sources?|results?|findings?|data|material|passages?|articles?|papers?|facts?|inputs?|items/i.test(
      name,
    )
  )
}

function planFromResults(
  names: readonly string[],
  sources: readonly NumberedCall[],
  fillings: ReadonlyMap<string, Filling>,
  { isEdge }: { isEdge: boolean },
) {
  const good = sources.filter(({ past }) => past && !past.failed)
  const giving = good.filter(({ past }) => names.some((name) => valueNamed(past?.result, name) !== undefined))
  if (giving.length === 0) return good.length === 0 && isEdge ? [] : fannedOut(fillings)
  const rows = giving.slice(0, MAX_CALLS_OF_A_TOOL).map(({ past }, at) => ({
    ...rowOf(fillings, at, giving.length),
    ...Object.fromEntries(
      names.flatMap((name) => {
        const value = valueNamed(past?.result, name)
        return value === undefined ? [] : [[name, value]]
      }),
    ),
  }))
  // Two results that say the same ask for one call.
  return rows.filter((row, at) => rows.findIndex((other) => isEqualJson(other, row)) === at)
}

function usable(sources: readonly NumberedCall[], tool: string): NumberedCall[] {
  return sources.filter((call) => call.tool === tool && !call.past?.failed)
}

/** One call for each value of the first parameter that has several; the others of the same length go along with it. */
function fannedOut(fillings: ReadonlyMap<string, Filling>): Record<string, unknown>[] {
  const rows = [...fillings.values()].find(({ values }) => values.length > 1)?.values.length ?? 1
  return Array.from({ length: Math.min(rows, MAX_CALLS_OF_A_TOOL) }, (_row, at) => rowOf(fillings, at, rows))
}

function rowOf(fillings: ReadonlyMap<string, Filling>, at: number, rows: number): Record<string, unknown> {
  return Object.fromEntries(
    [...fillings].map(([name, { values }]) => [name, values.length === rows ? values[at] : values[0]]),
  )
}

const ALIASES = [
  ['lat', 'latitude'],
  ['lon', 'lng', 'long', 'longitude'],
  ['name', 'title'],
  ['amount', 'value', 'total', 'price'],
]

/** The value that stands under a name in a result, at any depth, nearest to the top first. */
export function valueNamed(result: unknown, name: string): unknown {
  return find(result, name)?.value
}

/** The path to the value that stands under a name in a result. */
export function pathOf(result: unknown, name: string): string | undefined {
  return find(result, name)?.path
}

function find(result: unknown, name: string): { path: string; value: unknown } | undefined {
  const wanted = plain(name)
  const group = ALIASES.find((words) => words.includes(wanted)) ?? [wanted]
  let level: { path: string; value: unknown }[] = [{ path: '', value: result }]
  for (let depth = 0; depth < 5 && level.length > 0; depth++) {
    const below = level.flatMap(({ path, value }) => childrenOf(path, value)).slice(0, 500)
    for (const alias of [wanted, ...group]) {
      const hit = below.find(({ key, value }) => plain(key) === alias && value !== null)
      if (hit) return { path: hit.path, value: hit.value }
    }
    level = below
  }
  return undefined
}

function childrenOf(path: string, value: unknown): { key: string; path: string; value: unknown }[] {
  if (Array.isArray(value))
    return value.slice(0, 3).map((item, at) => ({ key: '', path: `${path}[${at}]`, value: item }))
  if (!isObject(value)) return []
  return Object.entries(value).map(([key, inner]) => {
    const step = /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)
    return { key, path: path === '' ? step : `${path}.${step}`, value: inner }
  })
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}
