import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SimulatedCall } from '../plan/simulate.ts'
import type { CallState } from '../run/state.ts'
import type { RecordedTurn } from './recordedTurns.ts'
import { type Regrouping, regrouped } from './regroup.ts'

interface Made {
  tool?: string
  /** The calls it refers to. */
  refs?: number[]
  /** All it waited for. */
  waits?: number[]
  status?: CallState['status']
  args?: unknown
}

/** Turns of these calls: the first of a message after 280 ms, each further one 80 ms later, silence 20 ms after the last. */
function aRun(...messages: Made[][]): { turns: RecordedTurn[]; callOf(number: number): CallState | undefined } {
  let number = 0
  const states: CallState[] = []
  const turns = messages.map((made, at): RecordedTurn => {
    const calls = made.map((one, nth): SimulatedCall => {
      number++
      const { tool = `t${number}`, refs = [], waits = refs, status = 'succeeded', args = { number } } = one
      states.push({
        call: number,
        turn: at + 1,
        tool,
        waitsFor: waits,
        status,
        arguments: args,
      } as unknown as CallState)
      return {
        call: number,
        tool,
        references: refs,
        emittedMs: 280 + 80 * nth,
        durationMs: 100,
        approvalMs: 0,
        mayStartEarly: false,
        exclusive: null,
        ends: 'succeeded',
        sharesWith: null,
      }
    })
    return { turn: at + 1, messageMs: (calls.at(-1)?.emittedMs ?? 280) + 20, writtenTokens: 12, calls }
  })
  return { turns, callOf: (one) => states[one - 1] }
}

const HOW: Omit<Regrouping, 'callOf' | 'from' | 'to'> = { uses: () => false, mayRefer: () => true }
/** The calls of each turn, and how long its message takes. */
const shape = (turns: readonly RecordedTurn[]) =>
  turns.map((turn) => [turn.calls.map((call) => call.call).join(' '), turn.messageMs])

describe('from graph to serial', () => {
  test('every call has a turn of its own and pays the model’s time for one', () => {
    const { turns, callOf } = aRun([{}, {}, {}], [])
    expect(shape(regrouped(turns, { ...HOW, callOf, from: 'graph', to: 'serial' }))).toEqual([
      ['1', 300],
      ['2', 300],
      ['3', 300],
      ['', 300],
    ])
  })

  test('a call comes after those that it waited for, whatever the order in which they were sent', () => {
    const { turns, callOf } = aRun([{ waits: [3] }, {}, { waits: [2] }])
    const parted = regrouped(turns, { ...HOW, callOf, from: 'graph', to: 'serial' })
    expect(parted.map((turn) => turn.calls[0]?.call)).toEqual([2, 3, 1])
    expect(parted.map((turn) => turn.turn)).toEqual([1, 2, 3])
  })

  test('what was skipped is not asked for once the model has seen the failure', () => {
    const { turns, callOf } = aRun([{ status: 'failed' }, { waits: [1], status: 'skipped' }, {}])
    expect(shape(regrouped(turns, { ...HOW, callOf, from: 'graph', to: 'serial' }))).toEqual([
      ['1', 300],
      ['3', 300],
    ])
  })
})

describe('from graph to batch', () => {
  test('calls that refer to one another come in turns after each other, calls that only run after one another do not', () => {
    const { turns, callOf } = aRun([{}, {}, { refs: [1] }, { waits: [2] }, { refs: [3] }, { waits: [3] }])
    expect(shape(regrouped(turns, { ...HOW, callOf, from: 'graph', to: 'batch' }))).toEqual([
      ['1 2 4', 460],
      ['3 6', 380],
      ['5', 300],
    ])
  })

  test('nothing is a reference any more, and a run without references stays as it was', () => {
    const { turns, callOf } = aRun([{}, { refs: [1] }])
    const parted = regrouped(turns, { ...HOW, callOf, from: 'graph', to: 'batch' })
    expect(parted.flatMap((turn) => turn.calls.flatMap((call) => call.references))).toEqual([])
    const plain = aRun([{}, { waits: [1] }], [])
    expect(regrouped(plain.turns, { ...HOW, callOf: plain.callOf, from: 'graph', to: 'batch' })).toEqual(plain.turns)
  })
})

describe('towards one message', () => {
  test('turns of which none had to know the other’s results are one', () => {
    const { turns, callOf } = aRun([{}], [{}], [{}], [])
    const [together, answer, ...more] = regrouped(turns, { ...HOW, callOf, from: 'serial', to: 'batch' })
    expect(together?.calls.map((call) => Math.round(call.emittedMs))).toEqual([280, 364, 448])
    expect([answer?.calls, more]).toEqual([[], []])
  })

  test('where the messages tell how fast the model writes, joined calls are that far apart', () => {
    const { turns, callOf } = aRun([{}], [{}], [])
    const written = turns.map((turn, at) => ({
      ...turn,
      writtenTokens: at === 2 ? 2 : 12,
      messageMs: at === 2 ? 250 : 300,
    }))
    const [together] = regrouped(written, { ...HOW, callOf, from: 'serial', to: 'graph' })
    // Ten tokens more took 50 ms more: a call of twelve takes 60.
    expect(together?.calls.map((call) => Math.round(call.emittedMs))).toEqual([280, 340])
  })

  test('a value that was used is a reference where a data edge leads, and needs a turn of its own elsewhere', () => {
    const { turns, callOf } = aRun([{}], [{}])
    const uses = (call: CallState, earlier: CallState) => call.call === 2 && earlier.call === 1
    const how = { ...HOW, callOf, uses }
    const [together] = regrouped(turns, { ...how, from: 'batch', to: 'graph' })
    expect(together?.calls.map((call) => call.references)).toEqual([[], [1]])
    expect(regrouped(turns, { ...how, mayRefer: () => false, from: 'batch', to: 'graph' })).toEqual(turns)
    expect(regrouped(turns, { ...how, from: 'serial', to: 'batch' })).toEqual(turns)
  })

  test('what follows on a failure, or asks the same again, stays where it was', () => {
    const failed = aRun([{ status: 'failed' }], [{}])
    expect(regrouped(failed.turns, { ...HOW, callOf: failed.callOf, from: 'serial', to: 'graph' })).toEqual(
      failed.turns,
    )
    const again = aRun([{ tool: 'poll', args: {} }], [{ tool: 'poll', args: {} }])
    expect(regrouped(again.turns, { ...HOW, callOf: again.callOf, from: 'serial', to: 'graph' })).toEqual(again.turns)
  })
})

test('under graph a call that lost the edge it refers along comes in a later turn', () => {
  const { turns, callOf } = aRun([{ tool: 'geocode' }, { tool: 'forecast', refs: [1] }, { tool: 'score', refs: [1] }])
  const parted = regrouped(turns, {
    ...HOW,
    callOf,
    mayRefer: (_from, to) => to !== 'forecast',
    from: 'graph',
    to: 'graph',
  })
  expect(shape(parted).map(([calls]) => calls)).toEqual(['1 3', '2'])
  expect(parted.map((turn) => turn.calls.map((call) => call.references))).toEqual([[[], [1]], [[]]])
})

test('whatever the calls refer to, none is lost or doubled, and none comes before what it refers to', () => {
  const made = fc.array(fc.record({ back: fc.nat(9), refers: fc.boolean() }), { minLength: 1, maxLength: 10 })
  fc.assert(
    fc.property(made, fc.constantFrom('batch' as const, 'serial' as const), (calls, to) => {
      const { turns, callOf } = aRun(
        calls.map(({ back, refers }, at) =>
          at === 0 ? {} : refers ? { refs: [(back % at) + 1] } : { waits: [(back % at) + 1] },
        ),
      )
      const parted = regrouped(turns, { ...HOW, callOf, from: 'graph', to })
      const turnOf = new Map(parted.flatMap((turn) => turn.calls.map((call) => [call.call, turn.turn] as const)))
      expect([...turnOf.keys()].sort((one, other) => one - other)).toEqual(calls.map((_one, at) => at + 1))
      for (const call of turns.flatMap((turn) => turn.calls)) {
        for (const source of call.references) expect(turnOf.get(source)).toBeLessThan(turnOf.get(call.call) ?? 0)
        for (const source of callOf(call.call)?.waitsFor ?? [])
          expect(turnOf.get(source)).toBeLessThanOrEqual(turnOf.get(call.call) ?? 0)
      }
    }),
  )
})
