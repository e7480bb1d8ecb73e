import type { ConnectionEntry } from '@volley/shared/api.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import { sentenceOf } from '../api/client.ts'
import { listModels, listTools } from '../api/connections.ts'
import type { Answer } from '../api/request.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Notice } from '../ui/Notice.tsx'

/** What the server behind a connection says it has: its models, or its tools. */
export function Offers({ entry }: { entry: ConnectionEntry }) {
  const { loaded } = useAnswer(`${entry.name} ${entry.hash}`, (signal) => namesOf(entry, signal))
  const what = entry.kind === 'mcp' ? 'tools' : 'models'
  return (
    <div className="w-full pl-10">
      {loaded.is === 'loading' && <p className="m-0 text-xs text-text-2">Asking for its {what} …</p>}
      {loaded.is === 'fault' && <Notice tone="failed">{sentenceOf(loaded.fault)}</Notice>}
      {loaded.is === 'there' && loaded.value.length === 0 && (
        <p className="m-0 text-xs text-text-2">It lists no {what}.</p>
      )}
      {loaded.is === 'there' && loaded.value.length > 0 && (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
          tabIndex={0}
          aria-label={`The ${what} of ${entry.name}`}
          className="max-h-44 overflow-y-auto rounded-lg border border-line bg-surface-2 p-2"
        >
          <ul className="m-0 flex list-none flex-wrap gap-x-4 gap-y-1 p-0">
            {loaded.value.map((name) => (
              <li key={name} className="font-mono text-xs break-all">
                {name}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

async function namesOf(entry: ConnectionEntry, signal: AbortSignal): Answer<string[]> {
  if (entry.kind !== 'mcp') {
    const models = await listModels(entry.name, signal)
    return models.ok ? { ok: true, value: models.value.models } : models
  }
  const tools = await listTools(entry.name, signal)
  if (!tools.ok) return tools
  const names = tools.value.tools.flatMap((tool) =>
    isObject(tool) && typeof tool.name === 'string' ? [tool.name] : [],
  )
  return { ok: true, value: [...new Set(names)] }
}
