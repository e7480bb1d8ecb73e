import type { Tool } from '@volley/shared/flow/flow.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { useEffect, useMemo, useState } from 'react'
import { listTools } from '../api/connections.ts'
import { callsOfTool, useRunStore } from '../state/runStore.ts'
import { useTryStore } from '../state/tryStore.ts'
import { type KnownResult, knownResult } from './resultTree.ts'

/** What is known of a tool's result now; null while nothing is. */
export function useKnownResult(tool: Tool | undefined): KnownResult | null {
  const name = tool?.name ?? ''
  const inRun = useRunStore((store) => lastResult(store.run, name))
  const tried = useTryStore((store) => lastResult(store.trials[name]?.run ?? null, name))
  const schema = useOutputSchema(tool)
  const seen = inRun === undefined ? tried : inRun
  return useMemo(() => (tool ? knownResult(tool, { schema, seen }) : null), [tool, schema, seen])
}

function lastResult(run: RunState | null, tool: string): unknown {
  return callsOfTool(run, tool).findLast((call) => call.status === 'succeeded')?.result
}

/** The schema that an MCP server tells of its tool's results; asked of the server, since flows do not keep it. */
function useOutputSchema(tool: Tool | undefined): unknown {
  const [schema, setSchema] = useState<unknown>(undefined)
  const server = tool?.run.kind === 'mcp' ? tool.run.server : null
  const remote = tool?.run.kind === 'mcp' ? tool.run.tool : null
  useEffect(() => {
    setSchema(undefined)
    if (server === null) return
    const stop = new AbortController()
    void listTools(server, stop.signal).then((answer) => {
      if (!answer.ok || stop.signal.aborted) return
      const found = answer.value.tools.find((one) => isObject(one) && one.name === remote)
      if (isObject(found)) setSchema(found.outputSchema)
    })
    return () => stop.abort()
  }, [server, remote])
  return schema
}
