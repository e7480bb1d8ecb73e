import { describe, expect, test } from 'vitest'
import { isObject } from '../lib/json.ts'
import context7 from './__fixtures__/mcp/context7-mcp.json' with { type: 'json' }
import expected from './__fixtures__/mcp/expected.json' with { type: 'json' }
import playwright from './__fixtures__/mcp/playwright-mcp.json' with { type: 'json' }
import everything from './__fixtures__/mcp/server-everything.json' with { type: 'json' }
import filesystem from './__fixtures__/mcp/server-filesystem.json' with { type: 'json' }
import memory from './__fixtures__/mcp/server-memory.json' with { type: 'json' }
import type { Tool } from './flow.ts'
import { flowSchema } from './flow.ts'
import { importDocument } from './importTools.ts'
import { diffMcpTools, toolsFromMcp } from './mcpTools.ts'

const recorded: Record<string, { result: { tools: Record<string, unknown>[] } }> = {
  'context7-mcp.json': context7,
  'playwright-mcp.json': playwright,
  'server-everything.json': everything,
  'server-filesystem.json': filesystem,
  'server-memory.json': memory,
}

const properties = (tool: Pick<Tool, 'parameters'>) =>
  isObject(tool.parameters.properties) ? tool.parameters.properties : {}

describe.each(expected)('$file', (wanted) => {
  const file = recorded[wanted.file]
  const listed = file?.result.tools ?? []

  test.each([
    ['as a server lists it', () => toolsFromMcp('it', listed).tools],
    [
      'as a pasted document',
      () =>
        importDocument(JSON.stringify(file), {
          checkSchema: () => [],
          readOpenApi: () => expect.fail('this is no OpenAPI document'),
        }).flow?.tools ?? [],
    ],
  ])('imports what it is known to hold, %s', (_how, take) => {
    const tools = take() as Tool[]
    expect(tools.map(({ name }) => name)).toEqual(wanted.names)
    expect(tools.length).toBe(wanted.tools)
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint).map(({ name }) => name)).toEqual(
      wanted.readOnlyHint,
    )
    expect(tools.filter((tool) => Object.keys(properties(tool)).length === 0).map(({ name }) => name)).toEqual(
      wanted.no_properties,
    )
    expect(
      tools.filter(({ parameters }) => /"(\$ref|anyOf)":/.test(JSON.stringify(parameters))).map(({ name }) => name),
    ).toEqual(wanted.uses_ref_or_anyOf)
  })

  test('keeps descriptions and schemas whole', () => {
    for (const [index, tool] of toolsFromMcp('it', listed).tools.entries()) {
      expect(tool.description).toBe(listed[index]?.description)
      expect(tool.parameters).toEqual(listed[index]?.inputSchema)
      expect(tool.run).toEqual({ kind: 'mcp', server: 'it', tool: listed[index]?.name })
    }
  })

  test('is no different from what was imported from it', () => {
    const { tools } = toolsFromMcp('it', listed)
    expect(diffMcpTools(tools, 'it', listed)).toEqual({ added: [], removed: [], changed: [] })
  })
})

const tool = (name: string, more: object = {}) => ({ name, inputSchema: { type: 'object' }, ...more })

describe('names', () => {
  test('that no model would take are made legal and unique, and the tool is still called by its own', () => {
    const { tools, notes } = toolsFromMcp('it', [tool('files.read'), tool('files_read'), tool('näher')], ['files_read'])
    expect(tools.map(({ name }) => name)).toEqual(['files_read_2', 'files_read_3', 'naher'])
    expect(tools.map(({ run }) => run.kind === 'mcp' && run.tool)).toEqual(['files.read', 'files_read', 'näher'])
    expect(notes).toHaveLength(3)
  })

  test('what is no tool is left out and said', () => {
    expect(toolsFromMcp('it', [5, { name: 'x' }, tool('y')])).toMatchObject({
      tools: [{ name: 'y' }],
      notes: [/Entry 1/, /Entry 2/].map((one) => expect.stringMatching(one)),
    })
  })
})

describe('a difference', () => {
  const before = toolsFromMcp('it', [
    tool('same', { description: 'Stays.' }),
    tool('words', { description: 'Reads.', annotations: { readOnlyHint: true } }),
    tool('shape'),
    tool('gone'),
  ]).tools.map((one) => (one.name === 'words' ? { ...one, name: 'my_words', policy: { retries: 1 } } : one))
  const other: Tool = { name: 'new', parameters: { type: 'object' }, run: { kind: 'mock' } }
  const now = [
    tool('same', { description: 'Stays.' }),
    tool('words', { description: 'Reads, and sends it home.' }),
    tool('shape', { inputSchema: { type: 'object', properties: { all: { type: 'boolean' } } } }),
    tool('new'),
  ]

  test('names what came, what went and what changed, each with its parts', () => {
    const { added, removed, changed } = diffMcpTools([...before, other], 'it', now)
    expect(added).toMatchObject([{ name: 'new_2', run: { tool: 'new' } }])
    expect(removed.map(({ name }) => name)).toEqual(['gone'])
    expect(changed.map(({ before, parts }) => [before.name, parts])).toEqual([
      ['my_words', ['description', 'annotations']],
      ['shape', ['parameters']],
    ])
  })

  test('taken over, leaves the tool its name and its policy, and no difference', () => {
    const { changed } = diffMcpTools(before, 'it', now)
    expect(changed[0]?.after).toEqual({
      name: 'my_words',
      description: 'Reads, and sends it home.',
      parameters: { type: 'object' },
      run: { kind: 'mcp', server: 'it', tool: 'words' },
      policy: { retries: 1 },
    })
    const after = before.map((one) => changed.find((change) => change.before === one)?.after ?? one)
    expect(diffMcpTools(after, 'it', now).changed).toEqual([])
    expect(flowSchema.shape.tools.safeParse(after).success).toBe(true)
  })

  test('does not look at the order of keys, nor at tools of other servers', () => {
    const listed = [{ inputSchema: { type: 'object' }, description: 'Stays.', name: 'same' }]
    expect(diffMcpTools(before.slice(0, 1), 'it', listed)).toEqual({ added: [], removed: [], changed: [] })
    expect(diffMcpTools(before, 'elsewhere', []).removed).toEqual([])
  })
})
