import type { ConnectionEntry, ModelKind } from '@volley/shared/api.ts'

/** What a person chooses from: an MCP server is reached in one of two ways, which ask for different things. */
export type FormKind = ModelKind | 'mcp-http' | 'mcp-stdio'

export const FORM_KINDS: readonly { kind: FormKind; label: string; summary: string }[] = [
  {
    kind: 'openai-chat',
    label: 'OpenAI-compatible models',
    summary: 'Chat Completions: Ollama, vLLM, OpenRouter, LM Studio …',
  },
  { kind: 'openai', label: 'OpenAI Responses models', summary: 'The Responses API, at OpenAI or a compatible server' },
  { kind: 'anthropic', label: 'Anthropic-compatible models', summary: 'The Messages API' },
  { kind: 'mcp-http', label: 'MCP server over HTTP', summary: 'Tools of a server at an address' },
  {
    kind: 'mcp-stdio',
    label: 'MCP server as a command',
    summary: 'A program that this machine starts, once you approve it',
  },
]

export const kindOf = (entry: ConnectionEntry): FormKind =>
  entry.kind === 'mcp' ? (entry.command === undefined ? 'mcp-http' : 'mcp-stdio') : entry.kind

export const kindLabel = (entry: ConnectionEntry): string =>
  FORM_KINDS.find(({ kind }) => kind === kindOf(entry))?.label ?? entry.kind

/** Where a connection leads, on one line: its address, or its command as it would be typed. */
export function targetOf(entry: ConnectionEntry): string {
  if (entry.command !== undefined) return [entry.command, ...(entry.args ?? [])].map(quoted).join(' ')
  return entry.url ?? entry.baseUrl ?? OWN_ADDRESS[entry.kind] ?? ''
}

/** Where the providers' own servers are: what an empty address means. */
export const OWN_ADDRESS: Partial<Record<string, string>> = {
  openai: 'https://api.openai.com/v1',
  'openai-chat': 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com',
}

/** Servers that many people have, so that no one needs to look their addresses up. */
export const KNOWN_SERVERS: readonly { label: string; baseUrl: string }[] = [
  { label: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1' },
  { label: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1' },
  { label: 'vLLM', baseUrl: 'http://127.0.0.1:8000/v1' },
  { label: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1' },
]

/** An argument as a shell would need it, so that one argument with spaces is not read as two. */
export const quoted = (part: string): string =>
  /^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`
