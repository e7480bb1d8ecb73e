import { McpServer } from '@modelcontextprotocol/server'
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio'
import type { Flow } from '@volley/shared/flow/flow.ts'
import type { RunEvent, RunStatus } from '@volley/shared/run/events.ts'
import type { RunProblem } from '@volley/shared/run/problem.ts'
import { z } from 'zod'
import { flowTools, newsOf, variablesOf } from './flowTool.ts'

/** A flow that is offered, and how it is run. */
export interface OfferedFlow {
  flow: Flow
  run(
    given: { input: string; variables: Record<string, string> },
    options: { signal: AbortSignal; onEvent(event: RunEvent): void },
  ): Promise<OfferedRun>
}

export interface OfferedRun {
  runId: string | null
  status: RunStatus
  output: string | null
  error: RunProblem | null
}

/** Aborts when a request is cancelled by what its own connection does not hear of; undefined where nothing can do so. */
export type SignalOf = (id: string | number) => AbortSignal | undefined

/** An MCP server that offers each flow as one tool. A cancelled request cancels its run; whoever asks for progress hears of turns and calls. */
export function mcpServerOf(
  offered: readonly OfferedFlow[],
  version: string,
  signalOf: SignalOf = () => undefined,
): McpServer {
  const server = new McpServer({ name: 'volley', version }, { capabilities: { tools: {} } })
  const tools = flowTools(offered.map(({ flow }) => flow))
  offered.forEach(({ flow, run }, at) => {
    const tool = tools[at]
    if (!tool) return
    const variables = tool.variables.map(({ parameter, variable, usual }) => [
      parameter,
      z
        .string()
        .optional()
        .describe(`The variable "${variable}". Left out: ${JSON.stringify(usual)}.`),
    ])
    const inputSchema = z.object({
      input: z.string().describe('What the agent is asked, in plain words.'),
      ...Object.fromEntries(variables),
    })
    const { name, description } = tool
    server.registerTool(name, { title: flow.name, description, inputSchema }, async (given, { mcpReq }) => {
      const progressToken = mcpReq._meta?.progressToken
      const elsewhere = signalOf(mcpReq.id)
      let progress = 0
      const { runId, status, output, error } = await run(
        { input: (given as { input: string }).input, variables: variablesOf(tool, given) },
        {
          signal: elsewhere ? AbortSignal.any([mcpReq.signal, elsewhere]) : mcpReq.signal,
          onEvent(event) {
            const message = progressToken === undefined ? null : newsOf(event)
            if (message === null) return
            const params = { progressToken: progressToken as string | number, progress: ++progress, message }
            // Who went away meanwhile need not hear of it.
            mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {})
          },
        },
      )
      const text =
        status === 'succeeded' ? (output ?? '') : `The run ${status}: ${error?.message ?? 'no reason is known'}`
      return {
        content: [{ type: 'text' as const, text }],
        ...(status === 'succeeded' ? {} : { isError: true }),
        ...(runId === null ? {} : { _meta: { runId } }),
      }
    })
  })
  return server
}

/** Offers the flows on this process's standard input and output, until the other side is gone, or `close` is called. */
export function mcpOverStdio(
  offered: readonly OfferedFlow[],
  version: string,
): { ended: Promise<void>; close(): Promise<void> } {
  const transport = new StdioServerTransport()
  const handle = serveStdio(() => mcpServerOf(offered, version), { transport })
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'close'] as const) process.stdin.once(event, resolve)
  })
  return { ended, close: () => handle.close() }
}
