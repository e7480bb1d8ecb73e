import { edgeWords } from '@volley/shared/flow/edgeWords.ts'
import { disconnect, updateEdge } from '@volley/shared/flow/editEdges.ts'
import type { Edge } from '@volley/shared/flow/flow.ts'
import { ArrowLeft, X } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useFlow, useFlowStore } from '../state/flowStore.ts'
import { edgeKey, useSessionStore } from '../state/sessionStore.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { tryChange } from './edits.ts'

const MapEditor = lazy(() => import('./MapEditor.tsx'))

/** One dependency: its kind, what it does to the calls, the values it carries, and what happens when the other tool fails. */
export function EdgeForm({ edge, folded = false }: { edge: Edge; folded?: boolean }) {
  const [fault, setFault] = useState<string | null>(null)
  const change = (what: string, edited: Parameters<typeof updateEdge>[2], key?: string) => {
    const wasSelected = useSessionStore.getState().selection.includes(edgeKey(edge))
    const reason = tryChange(what, (flow) => updateEdge(flow, edge, edited), key)
    setFault(reason)
    if (reason === null && wasSelected) useSessionStore.getState().select([edgeKey({ ...edge, ...edited })])
  }
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line bg-surface-2 px-2.5 py-2">
      <div className="flex items-center gap-2">
        <ArrowLeft size={13} aria-hidden className="shrink-0 text-text-3" />
        <span className="min-w-0 truncate font-mono text-xs font-semibold" title={edge.from}>
          {edge.from}
        </span>
        <KindSwitch edge={edge} onKind={(kind) => change(`Make it ${kind}`, { kind })} />
        <IconButton
          size="sm"
          className="ml-auto"
          label={`Disconnect ${edge.from}`}
          icon={<X size={13} />}
          onClick={() => useFlowStore.getState().change('Remove edge', (flow) => disconnect(flow, edge))}
        />
      </div>
      <Effect edge={edge} folded={folded} />
      {edge.kind === 'data' && (
        <Values edge={edge} folded={folded} onMap={(map, key) => change('Change values', { map }, key)} />
      )}
      <label data-field="onFailure" className="flex items-center gap-2 text-xs text-text-3">
        if it fails
        <select
          value={edge.onFailure ?? 'skip'}
          onChange={({ target }) => change('Change failure', { onFailure: target.value as 'skip' | 'continue' })}
          className="rounded-sm bg-surface-3 px-1.5 py-0.5 text-xs text-text-1"
        >
          <option value="skip">skip this one</option>
          <option value="continue">go on without it</option>
        </select>
      </label>
      {fault && (
        <p role="alert" className="m-0 text-xs text-failed-text">
          {fault}
        </p>
      )}
    </div>
  )
}

/** The values it carries; among other edges in a line that unfolds. */
function Values({
  edge,
  folded,
  onMap,
}: {
  edge: Edge
  folded: boolean
  onMap: (map: Record<string, string>, key?: string) => void
}) {
  const [isOpen, setOpen] = useState(!folded)
  const editor = (
    <Suspense fallback={<div className="h-24 rounded-md border border-line bg-surface-1" />}>
      {isOpen && <MapEditor edge={edge} onMap={onMap} />}
    </Suspense>
  )
  if (!folded) return editor
  const values = Object.entries(edge.map ?? {}).map(([name, path]) => (name === path ? name : `${name} ← ${path}`))
  return (
    <details
      className="flex flex-col text-xs"
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className="cursor-default text-text-2">
        Takes{' '}
        {values.length > 0 ? (
          <span className="font-mono text-running-text">{values.join(', ')}</span>
        ) : (
          'what the model refers to'
        )}
      </summary>
      <div className="pt-1.5">{editor}</div>
    </details>
  )
}

/** What the edge does to the calls: in full where it is looked at alone, its first sentence and the rest on demand among others. */
function Effect({ edge, folded }: { edge: Edge; folded: boolean }) {
  const flow = useFlow((document) => document)
  const [first, ...rest] = useMemo(() => edgeWords(flow, edge), [flow, edge])
  if (folded)
    return (
      <details className="text-xs leading-relaxed text-text-2">
        <summary className="cursor-default">{first}</summary>
        {rest.map((words) => (
          <p key={words} className="mt-1 mb-0">
            {words}
          </p>
        ))}
      </details>
    )
  return (
    <div className="flex flex-col gap-1 text-xs leading-relaxed text-text-2">
      {[first, ...rest].map((words) => (
        <p key={words} className="m-0">
          {words}
        </p>
      ))}
    </div>
  )
}

function KindSwitch({ edge, onKind }: { edge: Edge; onKind: (kind: Edge['kind']) => void }) {
  return (
    <span
      role="radiogroup"
      data-field="kind"
      aria-label={`Kind of the edge from ${edge.from}`}
      className="flex rounded-md bg-surface-3 p-0.5"
    >
      {(['order', 'data'] as const).map((kind) => (
        // biome-ignore lint/a11y/useSemanticElements: a pair of words that switch, styled as one control.
        <button
          key={kind}
          type="button"
          role="radio"
          aria-checked={edge.kind === kind}
          title={kind === 'order' ? 'waits for it' : 'waits for it and may take its values'}
          onClick={() => edge.kind !== kind && onKind(kind)}
          className="rounded-sm px-1.5 py-px font-mono text-2xs text-text-2 aria-checked:bg-surface-1 aria-checked:text-running-text"
        >
          {kind}
        </button>
      ))}
    </span>
  )
}
