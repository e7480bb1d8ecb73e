import type { CallState, TurnState } from '../../run/state.ts'
import { modelMsOf } from '../criticalPath.ts'
import { recordedTurns } from '../recordedTurns.ts'
import { joined } from '../regroup.ts'
import { clauseCure } from './cure.ts'
import type { Finding } from './finding.ts'
import type { TraceFacts } from './traceFacts.ts'
import { numbered, seconds } from './words.ts'

/** Calls in turns that follow each other, though none used a result of the turn before and no edge orders them: one turn would have done. */
export function serialTurns(facts: TraceFacts): Finding[] {
  return chainsOf(facts).map((turns) => {
    const calls = turns.flatMap(facts.callsOf)
    const numbers = calls.map((call) => call.call)
    const all = recordedTurns(facts.run, facts.flow)
    const chosen = new Set(turns.map((turn) => turn.turn))
    const together = joined(all.filter((turn) => chosen.has(turn.turn)))
    const savesMs = Math.round(
      facts.gain({
        turns: all.flatMap((turn) => (!chosen.has(turn.turn) ? [turn] : turn.turn === together.turn ? [together] : [])),
      }),
    )
    const isSerial = facts.run.parallelism === 'serial'
    const words = turns.map((turn) => turn.turn)
    return {
      code: 'serial_turns',
      message: `Calls ${numbered(numbers)} came in turns ${words.join(', ')}, one after the other, though none used a result of the turn before.`,
      calls: numbers,
      costMs: savesMs,
      savesMs,
      lostTokens: turns.slice(1).reduce((sum, turn) => sum + turn.usage.inputTokens, 0),
      advice: isSerial
        ? `Run with parallelism "graph": in one turn these calls end ${seconds(savesMs)} sooner.`
        : `Tell the model to make all calls that it can already write in one message: this run then ends ${seconds(savesMs)} sooner.`,
      evidence: { turns: words, modelMs: turns.map((turn) => Math.round(modelMsOf(facts.run, turn))) },
      ...(isSerial
        ? { cure: { change: 'set_parallelism', parallelism: 'graph' } }
        : clauseCure(facts.flow, 'plan-first', 'independent-at-once')),
    }
  })
}

/** Rows of two and more turns, each of which could have been sent with the one before it. */
function chainsOf(facts: TraceFacts): TurnState[][] {
  const chains: TurnState[][] = []
  let chain: TurnState[] = []
  for (const turn of facts.run.turns) {
    if (chain.length > 0 && couldJoin(chain, turn, facts)) chain.push(turn)
    else {
      if (chain.length > 1) chains.push(chain)
      chain = facts.callsOf(turn).length > 0 ? [turn] : []
    }
  }
  return chain.length > 1 ? [...chains, chain] : chains
}

function couldJoin(chain: readonly TurnState[], turn: TurnState, facts: TraceFacts): boolean {
  const calls = facts.callsOf(turn)
  const before = chain.flatMap(facts.callsOf)
  // A model that saw something fail may have asked for something else instead.
  if (calls.length === 0 || before.some((call) => call.status !== 'succeeded')) return false
  return calls.every((call) => before.every((earlier) => isFree(call, earlier, facts)))
}

function isFree(call: CallState, earlier: CallState, facts: TraceFacts): boolean {
  if (facts.isOrdered(earlier.tool, call.tool) || facts.uses(call, earlier)) return false
  // The same question again is not one that could have been asked at once; it is a repeat.
  return call.tool !== earlier.tool || JSON.stringify(call.arguments) !== JSON.stringify(earlier.arguments)
}
