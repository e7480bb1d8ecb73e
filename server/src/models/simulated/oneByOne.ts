import { changesTheWorld, contentStems, isKinSaid } from './chooseTools.ts'
import { askedParameters, fillParameter } from './fillArguments.ts'
import type { OfferedTool } from './offeredTool.ts'
import type { InputWords } from './readInput.ts'

/**
 * The order for a model that is asked for one call a turn and is told no edges: what the words cannot fill goes behind the others, with
 * a tool in front that may find it out, and what changes the world goes last.
 */
export function oneByOne(
  tools: readonly OfferedTool[],
  chosen: readonly OfferedTool[],
  words: InputWords,
): OfferedTool[] {
  if (tools.some(({ after }) => after.length > 0)) return [...chosen]
  const lacking = new Map(chosen.map((tool) => [tool, lackedBy(tool, words)]))
  const wanted = new Set([...lacking.values()].flat().flatMap((name) => [...contentStems(name)]))
  const givers = tools.filter(
    (tool) =>
      !chosen.includes(tool) && !changesTheWorld(tool) && lackedBy(tool, words).length === 0 && speaksOf(tool, wanted),
  )
  const rank = (tool: OfferedTool) => (changesTheWorld(tool) ? 2 : 0) + ((lacking.get(tool)?.length ?? 0) > 0 ? 1 : 0)
  return [...givers, ...chosen].sort((one, other) => rank(one) - rank(other))
}

/** The required parameters that the words do not fill. */
function lackedBy(tool: OfferedTool, words: InputWords): string[] {
  const asked = askedParameters(tool, words)
  return tool.required.filter((name) => !fillParameter(name, tool.properties[name]?.schema ?? {}, words, asked).sure)
}

function speaksOf({ name, description }: OfferedTool, wanted: ReadonlySet<string>): boolean {
  return [...contentStems(`${name} ${description}`)].some((stem) => wanted.has(stem) || isKinSaid(stem, wanted))
}
