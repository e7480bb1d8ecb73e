import { isEqualJson, isObject } from '../lib/json.ts'
import type { CallState, RunState } from '../run/state.ts'
import { predecessorsOf } from './expectedOrder.ts'
import { plainTextsIn } from './looseText.ts'
import { type Expectations, type ExpectedCall, needOf } from './testCase.ts'

// Which call of a run stands for which expected one. What this file keeps:
// 1. An expected call takes one call at most, and a call stands for one expected call at most.
// 2. As many required calls as can be matched are; then as many optional ones as can be.
// 3. Where equal calls leave a choice, one that keeps the expected order is taken if there is any (and the search for it ends in time).

/** `made[i]` stands for the expected call `of[i]`, by place in the case; null for one that nobody expected. */
export interface CallMatch {
  made: readonly CallState[]
  of: readonly (number | null)[]
}

/** The calls that count, in order: those of messages that the model saw the end of. */
export function madeCalls(run: RunState): CallState[] {
  return run.turns.flatMap((turn) => turn.calls.flatMap((call) => run.calls[call - 1] ?? []))
}

export interface MatchOptions {
  /** `name`: the arguments are not looked at. */
  by: 'name' | 'call'
}

export function matchCalls(run: RunState, expected: Expectations, { by }: MatchOptions): CallMatch {
  const wanted = expected.calls ?? []
  const made = madeCalls(run)
  const fits = made.map((call) =>
    wanted.map(
      (one) => one.tool === call.tool && (by === 'name' || hasArguments(call, one, expected.texts ?? 'exact')),
    ),
  )
  const of = mostMatches(fits, wanted)
  const inOrder = by === 'call' ? orderedMatches(fits, { made, of }, wanted) : null
  return { made, of: inOrder ?? of }
}

/** Whether the arguments are among the accepted ones: those the tool got, or what the model sent where it got none. */
export function hasArguments(call: CallState, wanted: ExpectedCall, texts: 'exact' | 'loose'): boolean {
  if (wanted.arguments === undefined) return true
  const given = call.arguments ?? call.emittedArguments
  if (!isObject(given)) return false
  if (Object.keys(given).some((name) => !Object.hasOwn(wanted.arguments ?? {}, name))) return false
  const compared = (value: unknown) => (texts === 'loose' ? plainTextsIn(value) : value)
  return Object.entries(wanted.arguments).every(([name, accepted]) => {
    if (!Object.hasOwn(given, name)) return wanted.omittable?.includes(name) === true
    return accepted.length === 0 || accepted.some((one) => isEqualJson(compared(one), compared(given[name])))
  })
}

/** A largest matching, required calls first: what is matched once stays matched when more are added along augmenting paths. */
function mostMatches(fits: readonly boolean[][], wanted: readonly ExpectedCall[]): (number | null)[] {
  const of: (number | null)[] = fits.map(() => null)
  const take = (one: number, seen: Set<number>): boolean => {
    for (const [call, row] of fits.entries()) {
      if (!row[one] || seen.has(call)) continue
      seen.add(call)
      const holder = of[call] ?? null
      if (holder !== null && !take(holder, seen)) continue
      of[call] = one
      return true
    }
    return false
  }
  for (const need of ['required', 'optional'] as const)
    for (const [at, one] of wanted.entries()) if (needOf(one) === need) take(at, new Set())
  return of
}

const MOST_STEPS = 20_000

/** The same expected calls, given to calls so that each comes after those it must follow; null where there is no such way, or none was found. */
function orderedMatches(
  fits: readonly boolean[][],
  { made, of }: CallMatch,
  wanted: readonly ExpectedCall[],
): (number | null)[] | null {
  const before = predecessorsOf(wanted)
  const chosen = new Set(of.filter((one) => one !== null))
  if (![...chosen].some((one) => before[one]?.size)) return null
  const beganAt = (call: number) => made[call]?.startedAt ?? made[call]?.emittedAt ?? 0
  const calls = of
    .flatMap((one, call) => (one === null ? [] : [call]))
    .sort((one, other) => beganAt(one) - beganAt(other) || one - other)
  const found = [...of]
  const taken = new Set<number>()
  let steps = 0
  const place = (at: number): boolean => {
    const call = calls[at]
    if (call === undefined) return true
    for (const one of chosen) {
      if (++steps > MOST_STEPS) return false
      if (taken.has(one) || !fits[call]?.[one]) continue
      if ([...(before[one] ?? [])].some((other) => chosen.has(other) && !taken.has(other))) continue
      taken.add(one)
      found[call] = one
      if (place(at + 1)) return true
      taken.delete(one)
    }
    return false
  }
  return place(0) ? found : null
}
