import { createRequire } from 'node:module'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Clock } from '../../engine/ports.ts'
import { createMcp, type McpOptions } from '../mcp.ts'
import type { McpConnection, McpConnections } from './connection.ts'

const require = createRequire(import.meta.url)
const installed = (name: string) =>
  path.join(path.dirname(require.resolve(`@modelcontextprotocol/${name}/package.json`)), 'dist/index.js')

/** The reference servers of the protocol, by the files that start them. */
export const EVERYTHING = installed('server-everything')
export const FILESYSTEM = installed('server-filesystem')

export const realClock: Pick<Clock, 'after'> = {
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

/** A Node program as an approved connection. */
export function aProgram(name: string, args: string[], more: Partial<McpConnection> = {}): McpConnection {
  return {
    kind: 'mcp',
    name,
    hash: 'h1',
    approved: true,
    transport: { is: 'stdio', command: process.execPath, args, env: {} },
    ...more,
  }
}

export const aSource = (name: string, source: string, more: Partial<McpConnection> = {}) =>
  aProgram(name, ['-e', source], more)

export function anAddress(name: string, url: string, headers: Record<string, string> = {}): McpConnection {
  return { kind: 'mcp', name, hash: 'h1', approved: false, transport: { is: 'http', url, headers } }
}

/** Volley's side, on connections that may be changed while it runs; closed when the test is over. */
export function anMcp(given: (McpConnection | { kind: string; name: string })[], more: Partial<McpOptions> = {}) {
  const stored = new Map(given.map((one) => [one.name, one]))
  const connections: McpConnections = { get: async (name) => stored.get(name) ?? null }
  const mcp = createMcp({ connections, ownPort: () => 4400, clock: realClock, ...more })
  onTestFinished(() => mcp.close())
  const call = (
    server: string,
    tool: string,
    args: Record<string, unknown> = {},
    { signal = new AbortController().signal, report }: { signal?: AbortSignal; report?: (told: object) => void } = {},
  ) =>
    mcp.attempt(
      {
        run: { kind: 'mcp', server, tool },
        arguments: args,
        idempotencyKey: 'r:1',
        timeoutMs: 30_000,
        ...(report ? { report } : {}),
      },
      signal,
    )
  return { mcp, call, stored }
}

/**
 * A server in a few lines, for the odd ones: `tools` are names, `answer` is the body of a function of (message, send, tool, args).
 * It is no client's business to be gentle with them.
 */
export function oddServer(tools: string[], answer: string, before = ''): string {
  return `
    ${before}
    const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n')
    const result = (id, result) => send({ id, result })
    const answer = (message, tool, args) => { ${answer} }
    let text = ''
    process.stdin.on('data', (part) => {
      text += part
      const lines = text.split('\\n')
      text = lines.pop()
      for (const line of lines) {
        const message = JSON.parse(line)
        const { id, method, params } = message
        if (method === 'initialize')
          result(id, { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'odd', version: '1' } })
        else if (method === 'tools/list')
          result(id, { tools: ${JSON.stringify(tools)}.map((name) => ({ name, inputSchema: { type: 'object' } })) })
        else if (method === 'tools/call') answer(message, params.name, params.arguments)
        else if (method === 'notifications/cancelled') process.stderr.write('cancelled ' + params.requestId + '\\n')
      }
    })
    process.stdin.on('end', () => process.exit(0))
  `
}
