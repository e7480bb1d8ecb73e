import { expect, test } from 'vitest'
import { PARTS } from '../parts.ts'
import { commandLine } from '../testing/fakeTerminal.ts'

const tool = (name: string) => ({
  run: { result: { b: 1, a: 2 }, kind: 'mock' },
  parameters: { type: 'object', properties: { z: {}, a: {} } },
  name,
})
const flow = {
  tools: [tool('tide'), tool('sail')],
  edges: [
    { to: 'sail', kind: 'order', from: 'tide' },
    { kind: 'data', from: 'tide', to: 'sail', map: { z: 'b', a: 'a' } },
  ],
  layout: { sail: { y: 1, x: 2 }, agent: { x: 0, y: 0 }, tide: { x: 1, y: 1 } },
  name: 'Tides',
  agent: { model: 'simulated-1', variables: { who: 'me', at: 'noon' }, provider: 'simulated' },
  format: 'volley.flow/1',
}
const fmt = (document: unknown, ...args: string[]) =>
  commandLine(['fmt', 'flow.json', ...args], { files: { 'flow.json': document }, parts: PARTS })

test('fmt orders what has no order that means something, and keeps everything else', async () => {
  const { code, out } = await fmt(flow)
  expect(code).toBe(0)
  const made = JSON.parse(out)
  expect({ ...made, edges: new Set(made.edges) }).toEqual({ ...flow, edges: new Set(flow.edges) })
  expect(Object.keys(made)).toEqual(['format', 'name', 'agent', 'tools', 'edges', 'layout'])
  expect(Object.keys(made.agent)).toEqual(['provider', 'model', 'variables'])
  expect(Object.keys(made.agent.variables)).toEqual(['at', 'who'])
  expect(Object.keys(made.layout)).toEqual(['agent', 'tide', 'sail'])
  expect(made.edges.map(({ kind }: { kind: string }) => kind)).toEqual(['data', 'order'])
  expect(Object.keys(made.tools[0].parameters.properties)).toEqual(['z', 'a'])
  expect(Object.keys(made.tools[0].run.result)).toEqual(['b', 'a'])
})

test('what is in order stays as it is, and two orders of one document come out the same', async () => {
  const { out } = await fmt(flow)
  expect((await fmt(out)).out).toBe(out)
  const turned = { ...Object.fromEntries(Object.entries(flow).reverse()), edges: [...flow.edges].reverse() }
  expect((await fmt(turned)).out).toBe(out)
})

test('fmt --check is 1 where --write would change the file', async () => {
  const { out } = await fmt(flow)
  expect(await fmt(out, '--check')).toMatchObject({ code: 0, out: '', err: '' })
  expect(await fmt(flow, '--check')).toMatchObject({ code: 1, written: {}, err: expect.stringContaining('--write') })
  expect(await fmt(flow, '--write')).toMatchObject({ code: 0, written: { 'flow.json': out } })
  expect(await fmt(out, '--write')).toMatchObject({ code: 0, written: {} })
  expect((await fmt({ ...flow, name: 7 })).code).toBe(2)
  expect((await fmt(flow, '--check', '--write')).code).toBe(2)
})
