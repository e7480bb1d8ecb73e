import { jsonPointer } from '../lib/json.ts'
import { checkCycles } from './checkCycles.ts'
import { checkEdges } from './checkEdges.ts'
import { checkGroups } from './checkGroups.ts'
import { checkRun } from './checkRun.ts'
import { type Draft, type DraftTool, draftOf } from './draft.ts'
import { type Problem, problemsIn } from './problem.ts'

/** Tells what is wrong with a JSON Schema of parameters; pointers are relative to the schema. */
export type CheckSchema = (schema: Record<string, unknown>) => Problem[]

/** Names that every object inherits: as names of tools or parameters they could be taken for what they are not. */
export const RESERVED_NAMES: readonly string[] = ['constructor', 'prototype', '__proto__']

/** Checks what the parts of a document mean to each other (contract 2). Takes any JSON value, and says nothing of its shape. */
export function checkMeaning(document: unknown, checkSchema: CheckSchema): Problem[] {
  const draft = draftOf(document)
  return [
    ...problemsIn(draft.tools, (tool) => checkTool(tool, draft, checkSchema)),
    ...checkEdges(draft),
    ...checkCycles(draft),
    ...checkNotes(draft),
    ...checkGroups(draft),
  ]
}

function checkTool(tool: DraftTool, draft: Draft, checkSchema: CheckSchema): Problem[] {
  return [
    ...checkName(tool, draft),
    ...checkParameters(tool, checkSchema),
    ...(tool.run ? checkRun(tool, tool.run) : []),
  ]
}

function checkName(tool: DraftTool, draft: Draft): Problem[] {
  const pointer = jsonPointer([...tool.path, 'name'])
  if (tool.name === null) return []
  if (RESERVED_NAMES.includes(tool.name))
    return [{ pointer, message: `No tool can be called "${tool.name}": the name is reserved. Choose another.` }]
  const first = draft.toolNamed.get(tool.name)
  if (!first || first === tool) return []
  const message = `"${tool.name}" is already the name of tool ${Number(first.path[1]) + 1}: give each tool a name of its own.`
  return [{ pointer, message }]
}

function checkParameters(tool: DraftTool, checkSchema: CheckSchema): Problem[] {
  if (!tool.parameters) return []
  const start = jsonPointer([...tool.path, 'parameters'])
  const reserved = tool.names
    .filter((name) => RESERVED_NAMES.includes(name))
    .map((name) => ({
      pointer: start + jsonPointer(['properties', name]),
      message: `No parameter can be called "${name}": the name is reserved. Choose another.`,
    }))
  const faults = checkSchema(tool.parameters).map(({ pointer, message }) => ({ pointer: start + pointer, message }))
  return [...reserved, ...faults]
}

function checkNotes(draft: Draft): Problem[] {
  const seen = new Set<string>()
  const problems: Problem[] = []
  for (const { path, id } of draft.notes) {
    if (id === null) continue
    const message = `Another note has the id "${id}" already: give each note an id of its own.`
    if (seen.has(id)) problems.push({ pointer: jsonPointer([...path, 'id']), message })
    seen.add(id)
  }
  return problems
}
