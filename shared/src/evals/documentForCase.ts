import { isObject } from '../lib/json.ts'
import type { TestCase } from './testCase.ts'

/**
 * The document that runs a case: the flow itself, or, for a case that brings its own tools, its agent with those as mocks. The result is
 * not checked: what does not fit is told by the check of the whole document.
 */
export function documentForCase(document: unknown, { tools }: Pick<TestCase, 'tools'>): unknown {
  if (!tools || !isObject(document)) return document
  const { groups: _ofOwnTools, ...rest } = document
  return {
    ...rest,
    tools: tools.map(({ result = { done: true }, ...tool }) => ({ ...tool, run: { kind: 'mock', result } })),
    edges: [],
    layout: {},
  }
}
