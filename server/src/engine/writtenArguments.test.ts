import { readFileSync } from 'node:fs'
import { readBfclCases } from '@volley/shared/evals/bfcl/readEntries.ts'
import { verdictOfRun } from '@volley/shared/evals/bfcl/runVerdict.ts'
import { readRunLines } from '@volley/shared/run/readRunLines.ts'
import { eventLine } from '@volley/shared/run/runLines.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { expect, test } from 'vitest'
import { aFlow, RUN, runWith } from '../testing/runWith.ts'
import type { ModelEvent, ModelRequest } from './ports.ts'
import { recordedModel } from './replay.ts'

const raw = new URL('../../../shared/src/evals/bfcl/__fixtures__/raw/', import.meta.url)
const [entries = '', answers = ''] = ['entries', 'answers'].map((name) =>
  readFileSync(new URL(`${name}.jsonl`, raw), 'utf8'),
)
/** Asks for a velocity from two integers and, where wanted, a float. */
const [velocity] = readBfclCases(entries, answers).cases
if (!velocity) throw new Error('the leaderboard’s file holds no case')
const TOOL = 'kinematics_final_velocity_from_distance'

/** A run whose model writes these arguments, word for word, and then answers. */
const runThatWrites = (text: string) =>
  runWith({ flow: aFlow([TOOL]), turns: [{ calls: [{ tool: TOOL, arguments: text }] }, { text: 'Done.' }] })

test.each([
  ['{"acceleration": 4, "distance": 300}', undefined],
  ['{"acceleration": 4.0, "distance": 300}', 'type_error:simple'],
  ['{"acceleration": 4, "distance": 3e2}', 'type_error:simple'],
  ['{"acceleration": 4, "distance": 300, "initial_velocity": 0.0}', undefined],
  ['{"acceleration": 4, "distance": 300, "initial_velocity": 0}', undefined],
  [JSON.stringify('{"acceleration": 4, "distance": 300}'), 'ast_decoder:decoder_wrong_output_format'],
])('a run is judged by the numbers as its model wrote them: %s', async (text, fault) => {
  const { run } = await runThatWrites(text)
  expect(verdictOfRun(velocity, run)?.error_type).toBe(fault)
})

test('arguments whose value tells all add no text to the log', async () => {
  const { of } = await runThatWrites('{ "acceleration": 4.5, "distance": 300 }')
  expect(of('call.emitted')[0]).toMatchObject({ arguments: { acceleration: 4.5, distance: 300 } })
  expect(of('call.emitted')[0]).not.toHaveProperty('argumentsText')
})

test('what the model wrote outlives the run: in its lines, in the next turn, and when it is played again', async () => {
  const text = '{"acceleration": 4.0, "distance": 300}'
  const { events, requests } = await runThatWrites(text)
  const read = readRunLines(events.map((event) => eventLine(RUN, event)).join(''))
  if (!read.ok) throw new Error(read.error.message)
  const again = read.value[0]?.run as RunState
  expect(again.calls[0]).toMatchObject({
    emittedArguments: { acceleration: 4, distance: 300 },
    emittedArgumentsText: text,
  })
  expect(verdictOfRun(velocity, again)?.valid).toBe(false)
  expect(requests[1]?.messages[1]).toMatchObject({ calls: [{ argumentsText: text }] })
  const said: ModelEvent[] = []
  for await (const event of recordedModel(again).stream(requests[0] as ModelRequest, new AbortController().signal))
    said.push(event)
  expect(said[0]).toMatchObject({ type: 'call', argumentsText: text })
})
