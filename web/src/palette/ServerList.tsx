import type { ConnectionEntry } from '@volley/shared/api.ts'
import { ChevronRight, Plug, Plus } from 'lucide-react'
import { targetOf } from '../connections/kinds.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

/** The MCP servers one can choose from, and the way to another. */
export function ServerList({
  servers,
  onChoose,
  onNew,
}: {
  servers: readonly ConnectionEntry[]
  onChoose: (entry: ConnectionEntry) => void
  onNew: () => void
}) {
  const add = (
    <Button data-autofocus icon={<Plus size={14} aria-hidden />} onClick={onNew}>
      New connection
    </Button>
  )
  if (servers.length === 0)
    return (
      <EmptyState icon={<Plug size={20} />} title="No MCP server is connected yet" action={add}>
        Connect one at an address, or one that this machine starts as a command once you have approved it.
      </EmptyState>
    )
  return (
    <div className="flex flex-col items-start gap-3">
      <ul aria-label="MCP servers" className="m-0 w-full list-none overflow-hidden rounded-lg border border-line p-0">
        {servers.map((server) => (
          <li key={server.name} className="border-line not-last:border-b">
            <button
              type="button"
              onClick={() => onChoose(server)}
              className="flex w-full items-center gap-3 px-3 py-2.5 text-left hover:bg-surface-2"
            >
              <Plug size={14} aria-hidden className="shrink-0 text-text-3" />
              <span className="min-w-0 flex-1">
                <span className="block font-mono text-sm font-medium text-text-1">{server.name}</span>
                <span className="block truncate font-mono text-xs text-text-2">{targetOf(server)}</span>
              </span>
              {!server.approved && <span className="text-xs text-waiting-text">needs your approval</span>}
              <ChevronRight size={14} aria-hidden className="shrink-0 text-text-3" />
            </button>
          </li>
        ))}
      </ul>
      {add}
    </div>
  )
}
