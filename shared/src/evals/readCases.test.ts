import { expect, test } from 'vitest'
import { aRun } from './__fixtures__/aRun.ts'
import { readCases } from './readCases.ts'
import { readCsvCases } from './readCsvCases.ts'
import { testCaseOf } from './testCaseOf.ts'

test('a line that cannot be read is named with what is wrong, and costs that case alone', () => {
  const good = { id: 'one', input: 'Hi', variables: { who: 'me' }, expected: { calls: [{ tool: 'tide' }] } }
  const lines = [
    JSON.stringify(good),
    '',
    '{"id": "two", "input": }',
    '{"id": "three", "inptu": "x"}',
    JSON.stringify({ ...good, input: 'again' }),
    JSON.stringify({ id: 'five', input: '', expected: { calls: [{ tool: 't', after: ['u'] }] } }),
    JSON.stringify({
      id: 'six',
      input: '',
      expected: {
        calls: [
          { id: 'a', tool: 't', after: ['b'] },
          { id: 'b', tool: 't', after: ['a'] },
        ],
      },
    }),
    JSON.stringify({ id: 'seven', input: '', messages: [{ role: 'user', text: 'Hello?' }] }),
    '[1]',
    '{"id": 3, "input": "", "expected": {"calls": [{"tool": "t", "after": "u"}]}}',
  ]
  const { cases, faults } = readCases(`\uFEFF${lines.join('\r\n')}`)
  expect(cases).toEqual([good])
  expect(faults.map(({ line, message }) => `${line} ${message}`)).toEqual([
    expect.stringMatching(/^3 it is no JSON: .*column 24/),
    '4 "input" is missing; a case has no "inptu"',
    '5 the id "one" is taken by the case in line 1: give each case its own',
    expect.stringMatching(/^6 .*names "u"/),
    expect.stringMatching(/^7 .*wait for each other/),
    expect.stringMatching(/^8 "messages": .*in turn/),
    '9 it is no JSON object',
    '10 "id" must be a text, but is the number 3; "expected.calls[0].after" must be a list, but is text "u"',
  ])
})

test('a run becomes a case that it passes: arguments as the tools got them, order as it was waited for', () => {
  const run = aRun([
    [
      { tool: 'geo', arguments: { city: 'Oslo' } },
      { tool: 'tide', arguments: { lat: 59.9 } },
    ],
  ])
  const [geo, tide] = run.calls
  if (tide) tide.waitsFor = [1]
  const one = testCaseOf(run)
  expect(one.expected.calls).toEqual([
    { id: '1', tool: 'geo', arguments: { city: ['Oslo'] } },
    { tool: 'tide', arguments: { lat: [59.9] }, after: ['1'] },
  ])
  expect(readCases(JSON.stringify(one)).cases).toEqual([one])
  expect(testCaseOf(run, geo ? [geo] : []).expected.calls?.length).toBe(1)
})

test('a table becomes cases, its columns named by the first row', () => {
  const table = [
    'id,input,variables.who,tools,calls,contains,json',
    'a,"Say ""hi"", twice\nover",Ann,"tide, wind",,noon,',
    ',Plain,,,"[{""tool"": ""tide"", ""need"": ""optional""}]",,"{""a"": 1}"',
    ' , ,,,,,',
    'b,Bad,,,{,,',
  ].join('\r\n')
  const { cases, faults } = readCsvCases(table)
  expect(cases).toEqual([
    {
      id: 'a',
      input: 'Say "hi", twice\nover',
      variables: { who: 'Ann' },
      expected: { calls: [{ tool: 'tide' }, { tool: 'wind' }], answer: [{ kind: 'contains', text: 'noon' }] },
    },
    {
      id: 'case-2',
      input: 'Plain',
      expected: { calls: [{ tool: 'tide', need: 'optional' }], answer: [{ kind: 'json', value: { a: 1 } }] },
    },
  ])
  expect(faults).toEqual([{ line: 6, message: 'its cell "calls" is no JSON' }])
})

test('a table that is none is told in a sentence', () => {
  const faultOf = (text: string) => readCsvCases(text).faults.map(({ line, message }) => `${line} ${message}`)
  expect(faultOf('id,prompt\na,b')).toEqual([expect.stringMatching(/^1 there is no column "prompt": name it/)])
  expect(faultOf('id,name\na,b')).toEqual(['1 the column "input" is missing'])
  expect(faultOf('input\nok\n"open')).toEqual(['3 a cell begins with a double quote that is never closed'])
  expect(faultOf('input\n"a"b')).toEqual([expect.stringMatching(/^2 text follows/)])
  expect(faultOf('input\na,b')).toEqual(['2 it has 2 cells, and the first row names 1'])
})
