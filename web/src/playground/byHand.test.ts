import { newTool } from '@volley/shared/flow/edit.ts'
import { expect, test } from 'vitest'
import { argumentsFor, batchOf } from './byHand.ts'

test('a call begins with the arguments that its tool requires', () => {
  const tool = {
    ...newTool('mock', 'tide'),
    parameters: {
      type: 'object',
      properties: { port: { type: 'string' }, days: { type: 'integer' }, unit: { enum: ['m', 'ft'] }, note: {} },
      required: ['port', 'days', 'unit'],
    },
  }
  expect(JSON.parse(argumentsFor(tool))).toEqual({ port: '', days: 0, unit: 'm' })
  expect(argumentsFor({ ...tool, parameters: { type: 'object' } })).toBe('{}')
})

test('calls are sent in their order, and one that is no object is named', () => {
  const calls = [
    { id: 1, tool: 'tide', arguments: '{"port": "Cuxhaven"}' },
    { id: 2, tool: 'wind', arguments: ' ' },
  ]
  expect(batchOf(calls)).toEqual({
    ok: true,
    value: [
      { tool: 'tide', arguments: { port: 'Cuxhaven' } },
      { tool: 'wind', arguments: {} },
    ],
  })
  expect(batchOf([...calls, { id: 3, tool: 'wind', arguments: '[1]' }])).toMatchObject({
    ok: false,
    error: { call: 3 },
  })
})
