import { setName } from '@volley/shared/flow/edit.ts'
import { useState } from 'react'
import { useFlow, useFlowStore } from './state/flowStore.ts'

/** The flow's name, edited where it stands. An empty one is not taken over. */
export function FlowName() {
  const name = useFlow((flow) => flow.name)
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <input
      aria-label="Flow name"
      maxLength={200}
      spellCheck={false}
      value={typed ?? name}
      onChange={({ target }) => {
        setTyped(target.value)
        if (target.value.trim() !== '')
          useFlowStore.getState().change('Rename flow', (flow) => setName(flow, target.value), 'flow:name')
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
      }}
      onBlur={() => {
        setTyped(null)
        useFlowStore.getState().seal()
      }}
      className="field-sizing-content max-w-64 min-w-16 truncate rounded-md border border-transparent bg-transparent px-1.5 py-1 text-sm font-semibold text-text-1 hover:border-line focus:border-line-strong"
    />
  )
}
