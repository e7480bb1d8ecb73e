import { readdirSync, readFileSync } from 'node:fs'
import { EXPORT_FORMATS } from '@volley/shared/api.ts'
import { policyOf } from '@volley/shared/flow/defaults.ts'
import { exportFlow } from '@volley/shared/flow/exportTools.ts'
import type { Flow, MockRun } from '@volley/shared/flow/flow.ts'
import { importDocument } from '@volley/shared/flow/importTools.ts'
import { parseFlowText } from '@volley/shared/flow/parse.ts'
import { describe, expect, test } from 'vitest'
import { createSchemas } from './schemas.ts'

const folder = new URL('../../../examples/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const listed: { id: string; title: string; summary: string; prompt: string }[] = JSON.parse(read('examples.json'))
const schemas = createSchemas()
const flowOf = (id: string): Flow => {
  const parsed = parseFlowText(read(`${id}.flow.json`), { checkSchema: schemas.check })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

test('every example is listed, the three cities first', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.flow.json'))
  expect(listed.map(({ id }) => `${id}.flow.json`).sort()).toEqual(files.sort())
  expect(listed[0]?.id).toBe('three-cities')
  for (const { title, summary, prompt } of listed)
    for (const text of [title, summary, prompt]) expect(text).toMatch(/^.{8,140}$/)
})

test('the first example can fire at least three tools at once, each taking 150 ms or more', () => {
  const { agent, tools, edges } = flowOf('three-cities')
  expect(agent.provider).toBe('simulated')
  expect(tools.length).toBeGreaterThanOrEqual(3)
  expect(edges).toEqual([])
  for (const { run } of tools) {
    const { latencyMs, cases = [] } = run as MockRun
    for (const latency of [latencyMs, ...cases.map((one) => one.latencyMs)]) expect(latency).toBeGreaterThanOrEqual(150)
    expect(cases.map(({ when }) => when.city)).toEqual(['San Francisco', 'New York', 'Chicago'])
  }
})

describe.each(listed)('the example $id', ({ id }) => {
  const flow = flowOf(id)

  test('has a place for everything, and says what everything is for', () => {
    expect(Object.keys(flow.layout).sort()).toEqual(['agent', ...flow.tools.map(({ name }) => name)].sort())
    const taken = [...Object.values(flow.layout), ...flow.notes]
    for (const one of taken)
      for (const other of taken)
        if (one !== other)
          expect(
            Math.abs(one.x - other.x) >= 300 || Math.abs(one.y - other.y) >= 120,
            JSON.stringify([one, other]),
          ).toBe(true)
    for (const { description } of flow.tools) expect(description).toMatch(/^[A-Z].{20,}\.$/)
    expect(flow.agent.system?.length).toBeGreaterThan(80)
  })

  test('has mocks whose cases fit the parameters', () => {
    for (const { run, parameters } of flow.tools) {
      if (run.kind !== 'mock') continue
      const partly = { ...parameters, required: [] }
      for (const { when } of run.cases ?? []) expect(schemas.validate(partly, when)).toEqual([])
    }
  })

  test('has mapped values that satisfy the parameters they fill', () => {
    for (const { from, to, map } of flow.edges) {
      if (!map) continue
      const source = flow.tools.find(({ name }) => name === from)?.run
      const target = flow.tools.find(({ name }) => name === to)
      if (source?.kind !== 'mock' || !target) continue
      for (const result of [source, ...(source.cases ?? [])].map((one) => one.result)) {
        if (result === undefined) continue
        const values = Object.fromEntries(
          Object.entries(map).map(([name, key]) => [name, (result as Record<string, unknown>)[key]]),
        )
        expect(schemas.validate({ ...target.parameters, required: Object.keys(map) }, values)).toEqual([])
      }
    }
  })
})

test.each(listed)('the example $id goes out in every format and comes back from it', ({ id }) => {
  const flow = flowOf(id)
  for (const format of EXPORT_FORMATS) {
    const answer = importDocument(JSON.stringify(exportFlow(flow, format)), {
      checkSchema: schemas.check,
      readOpenApi: () => expect.fail('an export is no OpenAPI document'),
    })
    expect(answer).toMatchObject({
      format,
      problems: [],
      flow: { tools: flow.tools.map(({ name, description, parameters }) => ({ name, description, parameters })) },
    })
  }
})

test('what never answers has a short timeout', () => {
  for (const { id } of listed)
    for (const tool of flowOf(id).tools)
      if (tool.run.kind === 'mock' && tool.run.hang) expect(policyOf(tool).timeoutMs).toBeLessThan(2000)
})
