import { limitsOf } from '@volley/shared/flow/defaults.ts'
import { type Flow, PARALLELISMS, type Parallelism } from '@volley/shared/flow/flow.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import type { Change } from '@volley/shared/trace/whatIf.ts'
import { Field } from '../../ui/Field.tsx'
import { SectionTitle } from '../../ui/Panel.tsx'
import { Select } from '../../ui/Select.tsx'
import { Knob } from './Knob.tsx'

export interface KnobsProps {
  run: RunState
  /** The document that ran. */
  flow: Flow
  changes: readonly Change[]
  onChange(change: Change): void
}

/** How the run as a whole goes about its calls. */
export function RunKnobs({ run, flow, changes, onChange }: KnobsProps) {
  const parallelism = changes.findLast((one) => one.change === 'set_parallelism')?.parallelism ?? run.parallelism
  const cap = changes.findLast((one) => one.change === 'run_cap')?.most
  const was = limitsOf(flow.agent).concurrency
  return (
    <div className="flex flex-col gap-2.5">
      <SectionTitle className="m-0">All together</SectionTitle>
      <Field label="Parallelism" inline>
        <Select
          className="w-[228px]!"
          value={parallelism}
          options={PARALLELISMS.map((value) => ({ value, label: `${value}: ${WORDS[value]}` }))}
          onValue={(value) => onChange({ change: 'set_parallelism', parallelism: value as Parallelism })}
        />
      </Field>
      <Knob
        label="At once"
        value={cap}
        was={was}
        min={1}
        max={Math.max(2, Math.min(64, Math.max(was, ...run.turns.map((turn) => turn.calls.length))))}
        most={10_000}
        onValue={(most) => onChange({ change: 'run_cap', most: most ?? was })}
      />
    </div>
  )
}

const WORDS: Record<Parallelism, string> = {
  serial: 'one call a turn',
  batch: 'many, without references',
  graph: 'many, with references',
}
