import type { Tool } from '../../flow/flow.ts'

/** Whether a tool only reads: it says so, or it says nothing and is a GET. */
export function isReading(tool: Tool): boolean {
  const { readOnlyHint, destructiveHint } = tool.annotations ?? {}
  if (readOnlyHint !== undefined) return readOnlyHint
  if (destructiveHint === true) return false
  return tool.run.kind === 'http' && ['GET', 'HEAD'].includes(tool.run.method ?? 'GET')
}
