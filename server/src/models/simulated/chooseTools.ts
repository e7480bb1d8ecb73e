import type { OfferedTool } from './offeredTool.ts'
import { type InputWords, SMALL_WORDS, stemOf, wordsOf } from './readInput.ts'

/** Most tools that are called when nothing in the input speaks for any of them. */
const MAX_GUESSED = 6
/** From this score on the words speak for a tool: half a name that it shares with another one. */
const ENOUGH = 0.7

/** Words that are said for one another when people ask for things. */
const KIN = [
  ['weather', 'forecast', 'temperature', 'rain', 'sunny', 'climate'],
  ['convert', 'exchange', 'currency', 'rate'],
  ['news', 'headline', 'article'],
  ['flight', 'fly', 'plane'],
  ['hotel', 'stay', 'room'],
  ['mail', 'email', 'message'],
  ['coordinate', 'geocode', 'locate', 'latitude', 'longitude'],
  ['stock', 'share', 'ticker', 'quote'],
  ['time', 'clock', 'timezone', 'hour'],
  ['sum', 'add', 'plus', 'total'],
  ['research', 'search', 'source', 'paper'],
].map((words) => new Set(words.map(stemOf)))

/** Words in a tool's name that promise a change in the world: such a tool is never called on a guess. */
const CHANGES = new Set(
  'add approve book buy cancel charge create delete deploy drop email insert move order pay post publish purchase refund remove reserve restart send set submit transfer update upload write'.split(
    ' ',
  ),
)

/**
 * The tools an input asks for, with all that they run after, in an order that keeps every edge. Where the input speaks for none, the
 * harmless ones: a flow that is run calls something.
 */
export function chooseTools(tools: readonly OfferedTool[], words: InputWords): OfferedTool[] {
  const scored = tools.map((tool) => ({ tool, score: scoreOf(tool, tools, words) }))
  const best = Math.max(0, ...scored.map(({ score }) => score))
  const wanted =
    best >= ENOUGH
      ? scored.filter(({ score }) => score >= Math.max(ENOUGH, best * 0.3)).map(({ tool }) => tool)
      : guessed(tools)
  return inOrder(tools, withFollowers(tools, withSources(tools, wanted)))
}

/** Tools that go well beside the one chosen: harmless, free to start, and asking for the same thing. The best first. */
export function companionsOf(tools: readonly OfferedTool[], chosen: readonly OfferedTool[]): OfferedTool[] {
  const asked = new Set(chosen.flatMap(({ required }) => required))
  return tools.filter(
    (tool) =>
      !chosen.includes(tool) &&
      !changesTheWorld(tool) &&
      tool.after.length === 0 &&
      tool.required.some((name) => asked.has(name)),
  )
}

function guessed(tools: readonly OfferedTool[]): OfferedTool[] {
  const harmless = tools.filter((tool) => !changesTheWorld(tool))
  return (harmless.length > 0 ? harmless : tools).slice(0, MAX_GUESSED)
}

/** Whether a tool's name promises a change in the world. */
export function changesTheWorld({ name }: OfferedTool): boolean {
  return wordsOf(name).some((word) => CHANGES.has(word))
}

/** How much the words speak for a tool: its name most, then its description; a word that all tools share says little. */
function scoreOf(tool: OfferedTool, tools: readonly OfferedTool[], { stems }: InputWords): number {
  const name = contentStems(tool.name)
  let score = 0
  for (const stem of name) {
    const weight = stems.has(stem) ? 3 : isKinSaid(stem, stems) ? 1.5 : 0
    score += weight / countOf(tools, (other) => contentStems(other.name).has(stem))
  }
  for (const stem of contentStems(`${tool.description} ${Object.keys(tool.properties).join(' ')}`))
    if (!name.has(stem) && stems.has(stem))
      score += 1 / countOf(tools, (other) => contentStems(`${other.name} ${other.description}`).has(stem))
  return score
}

/** Whether a word that is said for this one when people ask for things is among the stems. */
export function isKinSaid(stem: string, stems: ReadonlySet<string>): boolean {
  return KIN.some((kin) => kin.has(stem) && [...kin].some((other) => stems.has(other)))
}

/** The stems of a text's words that say something. */
export function contentStems(text: string): Set<string> {
  return new Set(
    wordsOf(text)
      .filter((word) => word.length > 1 && (word === 'search' || !SMALL_WORDS.has(word)))
      .map(stemOf),
  )
}

function countOf(tools: readonly OfferedTool[], has: (tool: OfferedTool) => boolean): number {
  return Math.max(1, tools.filter(has).length)
}

function withSources(tools: readonly OfferedTool[], wanted: readonly OfferedTool[]): Set<OfferedTool> {
  const all = new Set(wanted)
  // A set grows while it is walked: what is added is visited too.
  for (const tool of all) for (const source of tools) if (tool.after.includes(source.name)) all.add(source)
  return all
}

/** What an edge leads to from chosen tools alone is part of the same work, unless it changes the world unasked. */
function withFollowers(tools: readonly OfferedTool[], chosen: Set<OfferedTool>): Set<OfferedTool> {
  const names = new Set([...chosen].map(({ name }) => name))
  for (let before = -1; before !== chosen.size; ) {
    before = chosen.size
    for (const tool of tools) {
      if (chosen.has(tool) || tool.after.length === 0 || changesTheWorld(tool)) continue
      if (!tool.after.every((source) => names.has(source))) continue
      chosen.add(tool)
      names.add(tool.name)
    }
  }
  return chosen
}

/** Sources before what runs after them; on a cycle, and where no edge decides, as they are offered. */
function inOrder(tools: readonly OfferedTool[], chosen: ReadonlySet<OfferedTool>): OfferedTool[] {
  const left = tools.filter((tool) => chosen.has(tool))
  const ordered: OfferedTool[] = []
  while (left.length > 0) {
    const free = left.findIndex((tool) => !left.some((other) => tool.after.includes(other.name)))
    ordered.push(...left.splice(Math.max(0, free), 1))
  }
  return ordered
}
