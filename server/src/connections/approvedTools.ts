import type { ToolRunner } from '../engine/ports.ts'
import type { ConnectionReader } from './connections.ts'

/** The same tools, but none over a connection that may not be used: before a command was approved, nothing comes near to starting it. */
export function approvedTools(tools: ToolRunner, connections: ConnectionReader): ToolRunner {
  return {
    async run(call, signal) {
      const { run } = call.tool
      const connection = run.kind === 'mcp' ? await connections.get(run.server) : null
      if (connection && !connection.approved)
        return {
          ok: false,
          code: 'blocked',
          message: `The command of the connection "${connection.name}" runs only after someone has looked at it and approved it: see the settings.`,
          retry: false,
        }
      if (connection && connection.problem !== null)
        return { ok: false, code: 'tool_error', message: connection.problem, retry: false }
      return tools.run(call, signal)
    },
  }
}
