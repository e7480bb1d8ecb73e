/** An MCP server that someone stored under a name; `{{secret.NAME}}` is already filled in. */
export interface McpConnection {
  kind: 'mcp'
  name: string
  /** Changes with every change of the connection. */
  hash: string
  /** Whether a person has seen this very command, its arguments and its environment. Means nothing over HTTP. */
  approved: boolean
  transport: HttpTransport | StdioTransport
  /** Why it cannot be used now, as a sentence: a secret it needs is missing, say. */
  problem?: string | null
}

export interface HttpTransport {
  is: 'http'
  url: string
  headers: Record<string, string>
}

export interface StdioTransport {
  is: 'stdio'
  command: string
  args: readonly string[]
  env: Record<string, string>
  /** Null or left out: the folder that Volley was started in. */
  cwd?: string | null | undefined
}

/** Where connections come from. Those of another kind are none for MCP, but are told apart from those that do not exist. */
export interface McpConnections {
  get(name: string): Promise<McpConnection | { kind: string } | null>
}

/** Whether a connection is one to an MCP server. */
export function isMcp(connection: McpConnection | { kind: string }): connection is McpConnection {
  return connection.kind === 'mcp'
}
