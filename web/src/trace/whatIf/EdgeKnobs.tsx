import type { Edge } from '@volley/shared/flow/flow.ts'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { SectionTitle } from '../../ui/Panel.tsx'
import { Select } from '../../ui/Select.tsx'
import { Checkbox } from '../../ui/Switch.tsx'
import type { KnobsProps } from './RunKnobs.tsx'

/** What waits for what: edges to take away, and one to add. */
export function EdgeKnobs({ flow, changes, onChange }: KnobsProps) {
  const isGone = (edge: Edge) => changes.some((one) => one.change === 'remove_edge' && isBetween(one, edge))
  const added = changes.filter((one) => one.change === 'add_edge')
  return (
    <div className="flex flex-col gap-1.5">
      <SectionTitle className="m-0">Edges</SectionTitle>
      {flow.edges.map((edge) => (
        <Line
          key={`${edge.from} ${edge.to} ${edge.kind}`}
          edge={edge}
          isKept={!isGone(edge)}
          onKept={(kept) => onChange({ ...endsOf(edge), change: kept ? 'add_edge' : 'remove_edge' })}
        />
      ))}
      {added.map((edge) => (
        <Line
          key={`${edge.from} ${edge.to} ${edge.kind}`}
          edge={edge}
          isKept
          onKept={() => onChange({ ...endsOf(edge), change: 'remove_edge' })}
        />
      ))}
      {flow.tools.length > 1 && <NewEdge flow={flow} changes={changes} onChange={onChange} />}
    </div>
  )
}

type Ends = Pick<Edge, 'from' | 'to' | 'kind'>
const endsOf = ({ from, to, kind }: Ends): Ends => ({ from, to, kind })
const isBetween = (one: Ends, other: Ends) => one.from === other.from && one.to === other.to && one.kind === other.kind

function Line({ edge, isKept, onKept }: { edge: Ends; isKept: boolean; onKept(kept: boolean): void }) {
  return (
    <div className="flex min-h-6 items-center gap-2 text-xs">
      <Checkbox
        aria-label={`The ${edge.kind} edge from ${edge.from} to ${edge.to}`}
        checked={isKept}
        onCheckedChange={(kept) => onKept(kept === true)}
      />
      <span className={`min-w-0 truncate font-mono ${isKept ? 'text-text-1' : 'text-text-3 line-through'}`}>
        {edge.from} → {edge.to}
      </span>
      <Chip mono>{edge.kind}</Chip>
    </div>
  )
}

function NewEdge({ flow, onChange }: Pick<KnobsProps, 'flow' | 'changes' | 'onChange'>) {
  const names = flow.tools.map((tool) => tool.name)
  const [from, setFrom] = useState(names[0] ?? '')
  const [to, setTo] = useState(names[1] ?? '')
  const [kind, setKind] = useState<Edge['kind']>('order')
  const isThere = flow.edges.some((edge) => edge.from === from && edge.to === to)
  return (
    <fieldset aria-label="One more edge" className="m-0 grid min-w-0 grid-cols-2 gap-1.5 border-0 p-0">
      <Select aria-label="From" value={from} options={names} onValue={setFrom} />
      <Select aria-label="To" value={to} options={names} onValue={setTo} />
      <Select
        aria-label="Kind"
        value={kind}
        options={['order', 'data']}
        onValue={(value) => setKind(value as Edge['kind'])}
      />
      <Button
        icon={<Plus size={13} aria-hidden />}
        disabled={isThere}
        title={isThere ? 'These two are connected already' : undefined}
        onClick={() => onChange({ change: 'add_edge', from, to, kind })}
      >
        Add edge
      </Button>
    </fieldset>
  )
}
