import { renameKey, withoutKeys } from '@volley/shared/flow/edit.ts'
import { disconnect, updateEdge } from '@volley/shared/flow/editEdges.ts'
import { propertiesOf } from '@volley/shared/flow/editParameters.ts'
import type { Edge } from '@volley/shared/flow/flow.ts'
import { ArrowLeft, X } from 'lucide-react'
import { useState } from 'react'
import { useFlow, useFlowStore } from '../state/flowStore.ts'
import { edgeKey, useSessionStore } from '../state/sessionStore.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { sealChange, tryChange } from './edits.ts'

/** One dependency: its kind, the values it carries, and what happens when the other tool fails. */
export function EdgeForm({ edge }: { edge: Edge }) {
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
      {edge.kind === 'data' && <MapEditor edge={edge} onMap={(map, key) => change('Change values', { map }, key)} />}
      <label className="flex items-center gap-2 text-xs text-text-3">
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

function KindSwitch({ edge, onKind }: { edge: Edge; onKind: (kind: Edge['kind']) => void }) {
  return (
    <span
      role="radiogroup"
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

/** Which of this tool's parameters take which value of the other's result. Without entries the model decides, by references. */
function MapEditor({ edge, onMap }: { edge: Edge; onMap: (map: Record<string, string>, key?: string) => void }) {
  const tools = useFlow((flow) => flow.tools)
  const target = tools.find((tool) => tool.name === edge.to)
  const map = edge.map ?? {}
  const parameters = target ? Object.keys(propertiesOf(target)) : []
  const free = parameters.filter((name) => !Object.hasOwn(map, name))
  const entries = Object.entries(map)
  return (
    <div className="flex flex-col gap-1">
      {entries.map(([parameter, path], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row stays the same row while its parameter is chosen anew.
        <div key={at} className="grid grid-cols-[1fr_auto_1.2fr_auto] items-center gap-1.5">
          <select
            aria-label={`Parameter ${at + 1}`}
            value={parameter}
            onChange={({ target: chosen }) => onMap(renameKey(map, parameter, chosen.value))}
            className="min-w-0 rounded-sm bg-surface-3 px-1 py-0.5 font-mono text-xs text-text-1"
          >
            {[parameter, ...free].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <span className="text-xs text-text-3">←</span>
          <input
            aria-label={`Value for ${parameter}`}
            value={path}
            placeholder="path in the result"
            spellCheck={false}
            onChange={({ target: typed }) => onMap({ ...map, [parameter]: typed.value }, `map:${parameter}`)}
            onBlur={sealChange}
            className="min-w-0 rounded-sm border border-line bg-surface-1 px-1.5 py-0.5 font-mono text-xs text-text-1"
          />
          <IconButton
            size="sm"
            label={`Let the model fill ${parameter}`}
            icon={<X size={12} />}
            onClick={() => onMap(withoutKeys(map, (key) => key === parameter))}
          />
        </div>
      ))}
      {free.length > 0 && (
        <select
          aria-label="Fill a parameter from the result"
          value=""
          onChange={({ target: chosen }) => onMap({ ...map, [chosen.value]: chosen.value })}
          className="w-full rounded-sm border border-dashed border-line-strong bg-transparent px-1.5 py-1 text-xs text-text-2"
        >
          <option value="">Fill a parameter from its result …</option>
          {free.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
      {entries.length === 0 && (
        <p className="m-0 text-xs text-text-3">
          {parameters.length === 0
            ? 'This tool has no parameters to fill.'
            : `With none chosen, the model itself may refer to a result of ${edge.from}.`}
        </p>
      )}
    </div>
  )
}
