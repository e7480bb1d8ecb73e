import { err, ok, type Result } from '../lib/result.ts'
import { checkMeaning } from './check.ts'
import type { Edited } from './edit.ts'
import { type FindQuery, type FlowText, type FoundPlace, findInFlow, patternOf, textsOf, withText } from './find.ts'
import type { Flow } from './flow.ts'
import type { Problem } from './problem.ts'
import { parseShape } from './shape.ts'

/** Puts other words in one place. Refused, with the reason, where the flow would not be a good document any more. */
export function replaceOne(flow: Flow, place: FoundPlace, replacement: string): Edited {
  const text = place.text.slice(0, place.start) + replacement + place.text.slice(place.end)
  const changed = withText(flow, place, text)
  return changed.ok ? unlessWorse(flow, changed.value) : changed
}

/** Puts other words in every place, or in none: where one is refused, the reason is told and nothing changes. */
export function replaceAll(
  flow: Flow,
  query: FindQuery,
  replacement: string,
): Result<{ flow: Flow; count: number }, string> {
  const pattern = patternOf(query)
  if (!pattern) return ok({ flow, count: 0 })
  const count = findInFlow(flow, query).length
  let next = flow
  // Names come last: what they are renamed to may be a name that another one still has, and gives up in the same go.
  let left = textsOf(flow)
    .filter(({ text }) => new RegExp(pattern).test(text))
    .sort((one, other) => Number(isName(one)) - Number(isName(other)))
  while (left.length > 0) {
    const refused: { text: FlowText; reason: string }[] = []
    for (const text of left) {
      // As it stands now: a renamed parameter may have changed the address that speaks of it.
      const now = textsOf(next).find((one) => isSameText(one, text))
      const changed = now
        ? withText(
            next,
            text,
            now.text.replace(pattern, () => replacement),
          )
        : ok(next)
      if (changed.ok) next = changed.value
      else refused.push({ text, reason: changed.error })
    }
    const [first] = refused
    if (first && refused.length === left.length) return err(`${toldOf(flow, first.text)}: ${first.reason}`)
    left = refused.map(({ text }) => text)
  }
  const checked = unlessWorse(flow, next)
  return checked.ok ? ok({ flow: checked.value, count }) : checked
}

const isName = ({ kind }: FlowText) => kind === 'name' || kind === 'parameter'

function isSameText(one: FlowText, other: FlowText): boolean {
  const at = ({ owner }: FlowText) => (owner.is === 'agent' ? 0 : owner.at)
  return (
    one.kind === other.kind &&
    one.owner.is === other.owner.is &&
    at(one) === at(other) &&
    one.parameter === other.parameter
  )
}

/** The changed flow, unless it has a fault that the flow had not before. What was faulty already may be repaired in steps. */
function unlessWorse(before: Flow, after: Flow): Edited {
  const known = new Set(faultsOf(before).map((fault) => fault.pointer))
  const worse = faultsOf(after).find((fault) => !known.has(fault.pointer))
  return worse ? err(worse.message) : ok(after)
}

function faultsOf(flow: Flow): Problem[] {
  const shape = parseShape(flow)
  // Only names and descriptions of a schema change here: as a schema it stays what it was.
  return [...(shape.ok ? [] : shape.error), ...checkMeaning(flow, () => [])]
}

const toldOf = (flow: Flow, { owner }: FlowText): string =>
  owner.is === 'tool' ? `"${flow.tools[owner.at]?.name}"` : owner.is === 'agent' ? 'The agent' : 'A note'
