import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { aRun } from '../__fixtures__/aRun.ts'
import { scoreCase } from '../scoreCase.ts'
import { isBfclFile, legalNames, readBfclCases } from './readEntries.ts'

const fixture = (name: string) => readFileSync(new URL(`__fixtures__/raw/${name}`, import.meta.url), 'utf8')
const entries = fixture('entries.jsonl')
const { cases, faults } = readBfclCases(entries, fixture('answers.jsonl'))
const caseOf = (id: string) => cases.find((one) => one.id === id) as (typeof cases)[number]

test('entries of the leaderboard become cases, and those that a case cannot hold are told with their line', () => {
  expect(cases.map(({ id }) => id)).toEqual([
    'simple_python_30',
    'simple_python_89',
    'parallel_multiple_0',
    'parallel_multiple_194',
    'irrelevance_0',
    'live_parallel_2-0-2',
  ])
  expect(faults).toEqual([{ line: 7, message: expect.stringContaining('4 user turns') }])
  expect(caseOf('irrelevance_0').expected.calls).toEqual([])
  expect(caseOf('live_parallel_2-0-2').bfcl?.category).toBe('live_parallel')
  expect(isBfclFile(entries)).toBe(true)
  expect(isBfclFile('{"id": "a", "input": "b"}')).toBe(false)
})

test('names are made legal, types become JSON Schema, and an empty text among answers says that a parameter may be left out', () => {
  const { tools, expected } = caseOf('simple_python_30')
  expect(tools?.[0]?.name).toBe('kinematics_final_velocity_from_distance')
  expect(tools?.[0]?.parameters).toMatchObject({
    type: 'object',
    properties: { acceleration: { type: 'integer' }, initial_velocity: { type: 'number' } },
    required: ['acceleration', 'distance'],
  })
  expect(expected.calls).toEqual([
    {
      tool: 'kinematics_final_velocity_from_distance',
      arguments: { acceleration: [4], distance: [300], initial_velocity: [0] },
      omittable: ['initial_velocity'],
    },
  ])
  expect(JSON.stringify(cases.map((one) => one.tools))).not.toMatch(/"(dict|float|tuple|any)"/)
})

test('accepted values inside an object are spelled out', () => {
  const [call] = caseOf('simple_python_89').expected.calls ?? []
  expect(call?.arguments?.conditions).toEqual([
    { department: 'Science', school: 'Bluebird High School' },
    { department: 'Science', school: 'Bluebird HS' },
  ])
})

test('a run of such a case gets the leaderboard’s verdict, by the names the leaderboard knows', () => {
  const one = caseOf('parallel_multiple_0')
  const made = (one.expected.calls ?? []).map(({ tool, arguments: accepted = {} }) => ({
    tool,
    arguments: Object.fromEntries(Object.entries(accepted).map(([name, values]) => [name, values[0]])),
  }))
  expect(made.map(({ tool }) => tool)).toEqual(['math_toolkit_sum_of_multiples', 'math_toolkit_product_of_primes'])
  const scoreOf = (turns: Parameters<typeof aRun>[0]) => scoreCase(one, aRun(turns), { isMatch: () => null })
  expect(scoreOf([made])).toMatchObject({ passed: true, bfcl: { valid: true }, calls: { byCall: { f1: 1 } } })
  expect(scoreOf([made.slice(1)])).toMatchObject({
    passed: false,
    bfcl: { valid: false, error_type: 'parallel_function_checker_no_order:wrong_count' },
  })
})

test('an entry whose answer is missing is a fault, and so is a line that is no JSON', () => {
  const [first] = entries.split('\n')
  expect(readBfclCases(`${first}\n{`, null).faults).toEqual([
    { line: 1, message: 'the answers name no "simple_python_30"' },
    { line: 2, message: 'it is no JSON object' },
  ])
})

test('names that become the same stay apart', () => {
  const long = 'x'.repeat(80)
  expect(legalNames(['a.b', 'a_b', 'a b', long, `${long}y`]).map(({ legal }) => legal)).toEqual([
    'a_b',
    'a_b_2',
    'a_b_3',
    'x'.repeat(64),
    `${'x'.repeat(62)}_2`,
  ])
})
