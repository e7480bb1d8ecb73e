import type { Edge } from '../../flow/flow.ts'
import { isEqualJson, isObject } from '../../lib/json.ts'
import type { CallState } from '../../run/state.ts'
import { isDisjoint, tokensOf } from '../valueUse.ts'
import { clauseCure } from './cure.ts'
import type { Finding } from './finding.ts'
import { argumentsOf, type TraceFacts } from './traceFacts.ts'
import { numbered, tokenCount, uniqueSorted } from './words.ts'

/** A call with a value of its own making where a data edge says the value comes from another tool, sent before that tool had answered. */
export function prematureDependents(facts: TraceFacts): Finding[] {
  return facts.flow.edges.flatMap((edge) => {
    if (edge.kind !== 'data' || edge.from === edge.to) return []
    const calls = facts.run.calls.filter((call) => call.tool === edge.to && isGuess(edge, call, facts))
    if (calls.length === 0) return []
    const numbers = calls.map((call) => call.call)
    const parameters = [...new Set(calls.flatMap((call) => guessedParameters(edge, call, facts)))]
    const spentMs = Math.round(calls.reduce((sum, call) => sum + (call.durationMs ?? 0), 0))
    const isGraph = facts.run.parallelism === 'graph'
    return [
      {
        code: 'premature_dependent',
        message: `${edge.to} ${numbered(numbers)} ${numbers.length === 1 ? 'was' : 'were'} sent with a guessed ${parameters.map((name) => `"${name}"`).join(', ')} before ${edge.from} had answered.`,
        calls: uniqueSorted(numbers),
        costMs: spentMs,
        savesMs: 0,
        lostTokens: calls.reduce((sum, call) => sum + tokenCount(argumentsOf(call)) + tokenCount(call.result), 0),
        advice: isGraph
          ? `Tell the model to refer to the call of ${edge.from} by its number instead of guessing, or map ${parameters[0] ?? 'the value'} on the edge so that it need not.`
          : `Run with parallelism "graph": then ${edge.to} can take the value from ${edge.from} within one turn, without a guess.`,
        edge: { from: edge.from, to: edge.to },
        evidence: { parameters, values: calls.slice(0, 5).map((call) => argumentsOf(call)) },
        ...(isGraph ? clauseCure(facts.flow, 'refer') : { cure: { change: 'set_parallelism', parallelism: 'graph' } }),
      },
    ]
  })
}

/** Whether a call carries values that only the edge's source could tell, and that it could not have known. */
export function isGuess(edge: Edge, call: CallState, facts: TraceFacts): boolean {
  return edge.kind === 'data' && guessedParameters(edge, call, facts).length > 0
}

function guessedParameters(edge: Edge, call: CallState, facts: TraceFacts): string[] {
  const { run } = facts
  const args = call.emittedArguments
  if (!isObject(args)) return []
  const references = facts.references(call)
  if (references.some((number) => run.calls[number - 1]?.tool === edge.from)) return []
  const sources = run.calls.filter((one) => one.tool === edge.from && one.status === 'succeeded')
  const known = sources.filter((one) => one.turn < call.turn)
  const unknown = sources.filter((one) => one.turn >= call.turn)
  if (unknown.length === 0) return []
  const given = tokensOf([run.input, facts.flow.agent.system ?? ''])
  return Object.entries(args).flatMap(([name, value]) => {
    const isTold = Object.hasOwn(edge.map ?? {}, name) || unknown.some((one) => facts.keysOf(one).has(name))
    if (!isTold || isFromInput(value, given)) return []
    return known.some((one) => holds(one.result, value)) ? [] : [name]
  })
}

function holds(result: unknown, value: unknown): boolean {
  if (isEqualJson(result, value)) return true
  if (Array.isArray(result)) return result.some((item) => holds(item, value))
  return isObject(result) && Object.values(result).some((inner) => holds(inner, value))
}

/** A value that stands in the request was not guessed. */
function isFromInput(value: unknown, given: ReadonlySet<string>): boolean {
  const tokens = tokensOf(value)
  return tokens.size > 0 && !isDisjoint(tokens, given)
}
