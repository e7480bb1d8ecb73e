import { expect, test } from 'vitest'
import { aFlow } from '../testing/runWith.ts'
import { flowTools, variablesOf } from './flowTool.ts'

const named = (name: string, variables: Record<string, string> = {}) => ({ ...aFlow([], [], { variables }), name })

test('flows become tools with legal names, each there once, the first keeping its own', () => {
  expect(
    flowTools([named('City weather brief'), named('City weather brief'), named('天気')]).map(({ name }) => name),
  ).toEqual(['City_weather_brief', 'City_weather_brief_2', 'tool'])
})

test('a variable is a parameter, also one that is named like the input or is no legal name', () => {
  const [tool] = flowTools([named('Tides', { input: 'a', 'my port': 'Ostend', audience: 'sailors' })])
  expect(tool?.variables.map(({ parameter }) => parameter)).toEqual(['input_2', 'my_port', 'audience'])
  const given = { input: 'When?', input_2: 'b', my_port: 'Calais', stray: 'x' }
  expect(tool && variablesOf(tool, given)).toEqual({ input: 'b', 'my port': 'Calais' })
})
