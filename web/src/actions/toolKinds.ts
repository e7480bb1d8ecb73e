import type { RunKind, Tool } from '@volley/shared/flow/flow.ts'
import { Braces, FlaskConical, Globe, type LucideIcon, Plug, Workflow } from 'lucide-react'

/** How each kind of tool is called and drawn, wherever it is offered or shown. */
export interface ToolKind {
  kind: RunKind
  title: string
  summary: string
  icon: LucideIcon
  /** The name that a new tool of this kind starts with. */
  name: string
}

export const TOOL_KINDS: readonly ToolKind[] = [
  { kind: 'http', title: 'HTTP request', summary: 'Call any REST endpoint', icon: Globe, name: 'http_request' },
  { kind: 'code', title: 'Code', summary: 'JavaScript in a sandbox', icon: Braces, name: 'code' },
  { kind: 'flow', title: 'Flow', summary: 'Another flow as one tool', icon: Workflow, name: 'flow' },
  { kind: 'mcp', title: 'MCP tool', summary: "A server's tool, by its name", icon: Plug, name: 'mcp_tool' },
  { kind: 'mock', title: 'Mock', summary: 'Fixed reply and latency', icon: FlaskConical, name: 'mock' },
]

export const toolKind = (kind: RunKind): ToolKind =>
  TOOL_KINDS.find((one) => one.kind === kind) ?? (TOOL_KINDS[0] as ToolKind)

/** The word in the corner of a node: the HTTP method, else the kind. */
export const kindLabel = ({ run }: Tool): string => (run.kind === 'http' ? (run.method ?? 'GET') : run.kind)

/** Whether a kind is meant by these words: each stands somewhere in how it is called. */
export function isKindFor({ title, summary, kind }: ToolKind, words: string): boolean {
  const text = `${title} ${summary} ${kind}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
