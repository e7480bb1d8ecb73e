import { expect, test } from 'vitest'
import { CLIP_FORMAT, clipOf, clipText, duplicate, paste } from './clip.ts'
import { addNote, addTool, type Edited, newTool } from './edit.ts'
import { connect } from './editEdges.ts'
import { groupsOf, groupTools } from './editGroups.ts'
import { type Flow, flowSchema } from './flow.ts'
import { readClip } from './readClip.ts'

const EMPTY = flowSchema.parse({ format: 'volley.flow/1', name: 'F', agent: { provider: 'simulated', model: 'm' } })
const done = (edited: Edited): Flow => {
  if (!edited.ok) throw new Error(edited.error)
  return edited.value
}
const grouped = (flow: Flow, ...names: string[]): Flow => groupTools(flow, names)?.flow ?? flow

/** Two connected tools in one group, one alone, and a note. */
function harbour(): Flow {
  let flow = EMPTY
  for (const [at, name] of ['tides', 'berths', 'pilot'].entries())
    flow = addTool(flow, newTool('mock', name), { x: at * 300, y: 0 })
  flow = done(connect(flow, 'tides', 'berths'))
  return addNote(grouped(flow, 'tides', 'berths'), { id: 'n1', x: 5, y: 6, text: 'Look.', width: 300 })
}

test('a copy keeps the edges among the copied tools, under their new names', () => {
  const copied = duplicate(harbour(), ['tides', 'berths'])
  expect(copied.names).toEqual(['tides_2', 'berths_2'])
  expect(copied.flow.edges).toContainEqual({ from: 'tides_2', to: 'berths_2', kind: 'order' })
  expect(copied.flow.layout.berths_2).toEqual({ x: 340, y: 40 })
})

test('a group comes along when it is whole, and not with one of its tools', () => {
  expect(groupsOf(duplicate(harbour(), ['tides', 'berths', 'pilot']).flow)).toEqual([
    { id: 'g1', name: 'Group 1', tools: ['tides', 'berths'] },
    { id: 'g2', name: 'Group 1', tools: ['tides_2', 'berths_2'] },
  ])
  expect(groupsOf(duplicate(harbour(), ['tides']).flow)).toHaveLength(1)
})

test('notes come along under free ids, with their size', () => {
  const clip = clipOf(harbour(), [], ['n1'])
  const pasted = paste(harbour(), clip, { x: 10, y: 10 })
  expect(pasted.noteIds).toEqual(['n2'])
  expect(pasted.flow.notes[1]).toEqual({ id: 'n2', x: 15, y: 16, text: 'Look.', width: 300 })
})

test('what copy writes is what paste reads', () => {
  const clip = clipOf(harbour(), ['tides', 'berths', 'pilot'], ['n1'])
  const read = readClip(clipText(clip))
  if (!read.ok) throw new Error(read.error.message)
  const { tools, edges, layout, notes } = read.value.flow
  expect({ tools, edges, layout, notes, groups: groupsOf(read.value.flow) }).toEqual(clip)
  expect(read.value).toMatchObject({ format: 'clip', notes: [] })
})

test('a flow into which nothing grouped is pasted has no key for groups', () => {
  const pasted = paste(EMPTY, clipOf(harbour(), ['pilot']), { x: 0, y: 0 })
  expect(Object.hasOwn(pasted.flow, 'groups')).toBe(false)
})

test('paste reads a whole document and the tool arrays of others', () => {
  expect(readClip(JSON.stringify(harbour()))).toMatchObject({ ok: true, value: { format: 'volley', notes: [] } })
  const schema = { type: 'object', properties: {} }
  for (const [format, tool] of [
    ['openai', { type: 'function', name: 'dock', parameters: schema }],
    ['openai-chat', { type: 'function', function: { name: 'dock', parameters: schema } }],
    ['anthropic', { name: 'dock', input_schema: schema }],
    ['mcp', { name: 'dock', inputSchema: schema }],
  ] as const)
    expect(readClip(JSON.stringify([tool]))).toMatchObject({
      ok: true,
      value: { format, flow: { tools: [{ name: 'dock' }] } },
    })
})

test.each([
  ['words', 'Dear harbour master', /^Expected copied tools/],
  ['other JSON', '{"berths": 3}', /^Expected copied tools/],
  ['nothing', '', /^Expected copied tools/],
  ['an empty clip', `{"format": "${CLIP_FORMAT}", "tools": []}`, /no tool and no note/],
  ['a clip with an unknown key', `{"format": "${CLIP_FORMAT}", "tols": []}`, /not whole/],
  [
    'a clip with an edge into nowhere',
    `{"format": "${CLIP_FORMAT}", "edges": [{"from": "a", "to": "b", "kind": "order"}]}`,
    /not whole/,
  ],
  [
    'a document with problems',
    JSON.stringify({ ...harbour(), edges: [{ from: 'x', to: 'y', kind: 'order' }] }),
    /problems/,
  ],
  ['an OpenAPI document', '{"openapi": "3.1.0"}', /^Expected copied tools/],
])('of %s paste takes nothing, and says why', (_what, text, message) => {
  expect(readClip(text)).toMatchObject({ ok: false, error: { message: expect.stringMatching(message) } })
})
