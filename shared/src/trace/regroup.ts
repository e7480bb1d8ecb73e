import type { Parallelism } from '../flow/flow.ts'
import { mean, sum } from '../lib/numbers.ts'
import type { SimulatedCall } from '../plan/simulate.ts'
import type { CallState } from '../run/state.ts'
import type { RecordedTurn } from './recordedTurns.ts'

// The same calls in other turns: what a run would have looked like, had the model sent them together, or apart. Pure.

/** What must be known of the calls to put them in other turns. */
export interface Regrouping {
  from: Parallelism
  to: Parallelism
  callOf(number: number): CallState | undefined
  /** Whether a call's arguments hold what only another call's result could tell. */
  uses(call: CallState, earlier: CallState): boolean
  /** Whether a call of `to` may refer to a result of `from`. */
  mayRefer(from: string, to: string): boolean
}

/**
 * The turns as the model would have sent them under another parallelism, or with other edges. Under `serial` every call has a turn of its
 * own. A call that may no longer refer to another's result, since references are off or no data edge leads there, comes in a later turn
 * than that one. Towards `batch` and `graph` turns are joined where nothing in the later one had to be known before: under `graph` a value
 * may be a reference where a data edge leads. A turn that is split or joined takes the time that the model's wait for a first call and its
 * pace from call to call come to.
 */
export function regrouped(turns: readonly RecordedTurn[], how: Regrouping): RecordedTurn[] {
  const { from, to } = how
  const parted =
    from === 'graph' || to === 'serial'
      ? turns.flatMap((turn) =>
          split(turn, from !== to && to === 'serial' ? alone(turn, how) : levelsOf(turn, how), how),
        )
      : from === to
        ? turns
        : chainsOf(turns, how).map((chain) => joined(chain, turns))
  return parted.map((turn, at) => ({ ...turn, turn: at + 1, calls: turn.calls.map((call) => withoutLost(call, how)) }))
}

/** One message in place of several: the first one's, with the others' calls written after its own. `all` are the turns of the run. */
export function joined(turns: readonly RecordedTurn[], all: readonly RecordedTurn[] = turns): RecordedTurn {
  const [first] = turns
  if (!first) throw new Error('no turns to join')
  if (turns.length === 1) return first
  const gapMs = gapOf(turns, all)
  const calls: SimulatedCall[] = []
  let lastMs = 0
  for (const turn of turns) {
    for (const call of turn.calls) {
      lastMs = turn === first ? call.emittedMs : lastMs + gapMs
      calls.push({ ...call, emittedMs: lastMs })
    }
  }
  const tailMs = first.messageMs - (first.calls.at(-1)?.emittedMs ?? 0)
  const writtenTokens = sum(turns.map((turn) => turn.writtenTokens))
  return { turn: first.turn, messageMs: lastMs + Math.max(0, tailMs), writtenTokens, calls }
}

/**
 * How long a model takes from one call to the next: the mean over messages with several, else what its pace in tokens over the whole run
 * comes to, else a part of the time to the first call.
 */
function gapOf(turns: readonly RecordedTurn[], all: readonly RecordedTurn[]): number {
  const gaps = turns.flatMap(({ calls }) =>
    calls.slice(1).map((call, at) => call.emittedMs - (calls[at]?.emittedMs ?? 0)),
  )
  if (gaps.length > 0) return mean(gaps)
  const firsts = turns.flatMap(({ calls }) => (calls[0] ? [calls[0].emittedMs] : []))
  if (firsts.length === 0) return 0
  const pace = msPerToken(all)
  const most = Math.min(...firsts)
  return pace === null ? most * USUAL_SHARE : Math.min(most, pace * mean(turns.map((turn) => turn.writtenTokens)))
}

/** How many milliseconds longer a message takes for each token more (least squares); null where the messages do not tell. */
function msPerToken(turns: readonly RecordedTurn[]): number | null {
  if (turns.length < 2) return null
  const [tokens, ms] = [mean(turns.map((turn) => turn.writtenTokens)), mean(turns.map((turn) => turn.messageMs))]
  const spread = sum(turns.map((turn) => (turn.writtenTokens - tokens) ** 2))
  const together = sum(turns.map((turn) => (turn.writtenTokens - tokens) * (turn.messageMs - ms)))
  return spread > 0 && together > 0 ? together / spread : null
}

/** Of the time to a first call, about so much is the writing of the call; the rest is the wait for the first token. */
const USUAL_SHARE = 0.3

/**
 * Several messages in place of one. Each takes the wait for the first token, the writing of its own calls, and the time to fall silent. A
 * call that was skipped is not sent any more once the model has seen the failure, which is from the second message on.
 */
function split(turn: RecordedTurn, groups: readonly (readonly SimulatedCall[])[], how: Regrouping): RecordedTurn[] {
  if (groups.length <= 1) return [turn]
  const firstMs = turn.calls[0]?.emittedMs ?? 0
  const waitMs = Math.max(0, firstMs - gapOf([turn], [turn]))
  const tailMs = Math.max(0, turn.messageMs - (turn.calls.at(-1)?.emittedMs ?? 0))
  const writingMs = new Map(
    turn.calls.map((call, at) => [
      call.call,
      call.emittedMs - (at === 0 ? waitMs : (turn.calls[at - 1]?.emittedMs ?? 0)),
    ]),
  )
  return groups.flatMap((group, at) => {
    let lastMs = waitMs
    const sent = at === 0 ? group : group.filter((call) => how.callOf(call.call)?.status !== 'skipped')
    const calls = sent.map((call) => {
      lastMs += writingMs.get(call.call) ?? 0
      return { ...call, emittedMs: lastMs }
    })
    const writtenTokens = (turn.writtenTokens * calls.length) / turn.calls.length
    return calls.length > 0 ? [{ turn: turn.turn, messageMs: lastMs + tailMs, writtenTokens, calls }] : []
  })
}

/** The calls of a turn, each after those that it waited for, else as they were sent. */
function inOrder(turn: RecordedTurn, { callOf }: Regrouping): SimulatedCall[] {
  const left = new Map(turn.calls.map((call) => [call.call, call]))
  const ordered: SimulatedCall[] = []
  const open = [...turn.calls].reverse()
  for (let call = open.pop(); call; call = open.pop()) {
    if (!left.has(call.call)) continue
    const before = (callOf(call.call)?.waitsFor ?? []).flatMap((number) => left.get(number) ?? [])
    // A call on the way is taken out at its second visit, when all before it have gone.
    if (before.length > 0) open.push(call, ...before.reverse())
    else {
      left.delete(call.call)
      ordered.push(call)
    }
  }
  return ordered
}

/** Every call in a group of its own. */
const alone = (turn: RecordedTurn, how: Regrouping) => inOrder(turn, how).map((call) => [call])

/** The calls that a call can no longer refer to. */
function lostOf(call: SimulatedCall, { to, callOf, mayRefer }: Regrouping): readonly number[] {
  if (to !== 'graph') return call.references
  return call.references.filter((number) => !mayRefer(callOf(number)?.tool ?? '', call.tool))
}

function withoutLost(call: SimulatedCall, how: Regrouping): SimulatedCall {
  const lost = lostOf(call, how)
  return lost.length === 0 ? call : { ...call, references: call.references.filter((number) => !lost.includes(number)) }
}

/** A turn's calls in groups: one that can no longer refer to another comes in a later group, one that only runs after it not in an earlier one. */
function levelsOf(turn: RecordedTurn, how: Regrouping): SimulatedCall[][] {
  const levels = new Map<number, number>()
  for (const call of inOrder(turn, how)) {
    const waited = how.callOf(call.call)?.waitsFor ?? []
    const lost = lostOf(call, how)
    const least = [...new Set([...waited, ...call.references])].map((number) => {
      const level = levels.get(number)
      return level === undefined ? 0 : level + (lost.includes(number) ? 1 : 0)
    })
    levels.set(call.call, Math.max(0, ...least))
  }
  const groups = Map.groupBy(turn.calls, (call) => levels.get(call.call) ?? 0)
  return [...groups].sort(([one], [other]) => one - other).map(([, calls]) => calls)
}

/** Rows of turns that could have been one, each call with the references it would then hold. */
function chainsOf(turns: readonly RecordedTurn[], how: Regrouping): RecordedTurn[][] {
  const chains: RecordedTurn[][] = []
  for (const turn of turns) {
    const chain = chains.at(-1)
    const before = chain?.flatMap(({ calls }) => calls) ?? []
    const calls = before.length > 0 && turn.calls.length > 0 ? joinable(turn.calls, before, how) : null
    if (chain && calls) chain.push({ ...turn, calls })
    else chains.push([turn])
  }
  return chains
}

/** The calls with references to those before them; null where one of them could not have been written yet. */
function joinable(
  calls: readonly SimulatedCall[],
  before: readonly SimulatedCall[],
  { to, callOf, uses, mayRefer }: Regrouping,
): SimulatedCall[] | null {
  const known = before.map((one) => callOf(one.call)).filter((one) => one !== undefined)
  // A model that saw something fail may have asked for something else instead.
  if (known.some((one) => one.status !== 'succeeded')) return null
  const linked: SimulatedCall[] = []
  for (const simulated of calls) {
    const call = callOf(simulated.call)
    if (!call || known.some((earlier) => isRepeat(call, earlier))) return null
    const used = known.filter((earlier) => uses(call, earlier))
    if (used.some((earlier) => to !== 'graph' || !mayRefer(earlier.tool, call.tool))) return null
    linked.push({ ...simulated, references: [...new Set([...simulated.references, ...used.map((one) => one.call)])] })
  }
  return linked
}

/** The same question again is not one that could have been asked at once. */
const isRepeat = (call: CallState, earlier: CallState) =>
  call.tool === earlier.tool && JSON.stringify(call.arguments) === JSON.stringify(earlier.arguments)
