import { isObject } from '../lib/json.ts'
import { ok } from '../lib/result.ts'
import { type Edited, renameTool, setAgent, updateNote, updateTool } from './edit.ts'
import { propertiesOf, renameParameter, updateParameter } from './editParameters.ts'
import type { Flow, Tool } from './flow.ts'

// Finding words in a flow: every text that a person wrote, where it stands, and how it is changed.

export interface FindQuery {
  words: string
  isCaseSensitive: boolean
  /** Only where neither a letter, a digit nor "_" stands beside it. */
  isWholeWord: boolean
}

/** Which text of a thing it is. */
export type TextKind =
  | 'name'
  | 'description'
  | 'parameter'
  | 'parameterDescription'
  | 'url'
  | 'code'
  | 'system'
  | 'note'

/** What the text belongs to: a tool by its place in the list, since its name may be what changes. */
export type TextOwner = { is: 'tool'; at: number } | { is: 'agent' } | { is: 'note'; at: number }

/** A text of a flow. It stays the same text when names change: it is known by its place, never by a name. */
export interface FlowText {
  kind: TextKind
  owner: TextOwner
  /** Which parameter, by its place; null for a text that is no parameter's. */
  parameter: number | null
  text: string
}

/** One place where the words stand. */
export interface FoundPlace extends FlowText {
  start: number
  end: number
}

/** All places where the words stand, in the order in which one reads the flow. No words are nowhere. */
export function findInFlow(flow: Flow, query: FindQuery): FoundPlace[] {
  const pattern = patternOf(query)
  if (!pattern) return []
  return textsOf(flow).flatMap((text) =>
    [...text.text.matchAll(pattern)].map((found) => ({
      ...text,
      start: found.index,
      end: found.index + found[0].length,
    })),
  )
}

/** What finds the words in a text; null for no words. The words are plain text, whatever signs they hold. */
export function patternOf({ words, isCaseSensitive, isWholeWord }: FindQuery): RegExp | null {
  if (words === '') return null
  const plain = words.replace(/[\^$\\.*+?()[\]{}|/]/g, '\\$&')
  const whole = isWholeWord ? `(?<![\\p{L}\\p{N}_])${plain}(?![\\p{L}\\p{N}_])` : plain
  return new RegExp(whole, isCaseSensitive ? 'gu' : 'giu')
}

/** Every text that is looked through: the agent's prompt, each tool with its parameters and how it runs, and the notes. */
export function textsOf(flow: Flow): FlowText[] {
  const agent: FlowText = { kind: 'system', owner: { is: 'agent' }, parameter: null, text: flow.agent.system ?? '' }
  const notes = flow.notes.map(
    ({ text }, at): FlowText => ({ kind: 'note', owner: { is: 'note', at }, parameter: null, text }),
  )
  return [agent, ...flow.tools.flatMap(textsOfTool), ...notes].filter(({ text }) => text !== '')
}

function textsOfTool(tool: Tool, at: number): FlowText[] {
  const text = (kind: TextKind, words: string, parameter: number | null = null): FlowText => ({
    kind,
    owner: { is: 'tool', at },
    parameter,
    text: words,
  })
  const parameters = Object.entries(propertiesOf(tool)).flatMap(([name, schema], place) => [
    text('parameter', name, place),
    ...(isObject(schema) && typeof schema.description === 'string'
      ? [text('parameterDescription', schema.description, place)]
      : []),
  ])
  return [
    text('name', tool.name),
    text('description', tool.description ?? ''),
    ...parameters,
    ...(tool.run.kind === 'http' ? [text('url', tool.run.url)] : []),
    ...(tool.run.kind === 'code' ? [text('code', tool.run.source)] : []),
  ]
}

/** The flow with another text in a place. Names change everywhere they are spoken of; one that cannot be says why. */
export function withText(flow: Flow, { kind, owner, parameter }: Omit<FlowText, 'text'>, text: string): Edited {
  if (owner.is === 'agent') return ok(setAgent(flow, { system: text }))
  if (owner.is === 'note') {
    const note = flow.notes[owner.at]
    return ok(note ? updateNote(flow, note.id, { text }) : flow)
  }
  const tool = flow.tools[owner.at]
  if (!tool) return ok(flow)
  const parameterName = parameter === null ? undefined : Object.keys(propertiesOf(tool))[parameter]
  switch (kind) {
    case 'name':
      return renameTool(flow, tool.name, text)
    case 'description':
      return ok(updateTool(flow, tool.name, (one) => ({ ...one, description: text })))
    case 'parameter':
      return parameterName === undefined ? ok(flow) : renameParameter(flow, tool.name, parameterName, text)
    case 'parameterDescription':
      return ok(
        parameterName === undefined ? flow : updateParameter(flow, tool.name, parameterName, { description: text }),
      )
    case 'url':
      return ok(
        updateTool(flow, tool.name, (one) =>
          one.run.kind === 'http' ? { ...one, run: { ...one.run, url: text } } : one,
        ),
      )
    case 'code':
      return ok(
        updateTool(flow, tool.name, (one) =>
          one.run.kind === 'code' ? { ...one, run: { ...one.run, source: text } } : one,
        ),
      )
    default:
      return ok(flow)
  }
}
