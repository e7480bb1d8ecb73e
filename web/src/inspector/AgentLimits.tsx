import { DEFAULT_LIMITS, type Limits } from '@volley/shared/flow/defaults.ts'
import { useFlow } from '../state/flowStore.ts'
import { Field } from '../ui/Field.tsx'
import { NumberInput } from '../ui/NumberInput.tsx'
import { changeAgent, sealChange, withEntry } from './edits.ts'

const LIMITS: { key: keyof Limits; label: string; hint: string; max: number; unit?: string }[] = [
  { key: 'turns', label: 'Turns', hint: 'Then one last answer is asked for, without tools.', max: 1000 },
  { key: 'calls', label: 'Calls in a run', hint: 'Calls beyond fail, the run goes on.', max: 100_000 },
  { key: 'callsPerTurn', label: 'Calls in a turn', hint: 'Calls beyond fail, the run goes on.', max: 10_000 },
  { key: 'concurrency', label: 'Calls at once', hint: 'Of all tools together.', max: 10_000 },
  { key: 'timeoutMs', label: 'Time for a run', hint: 'Then it ends, whatever runs.', max: 86_400_000, unit: 'ms' },
  {
    key: 'idleMs',
    label: 'Silence of the model',
    hint: 'Then the turn counts as broken and is asked again.',
    max: 86_400_000,
    unit: 'ms',
  },
]

/** Where a run ends at the latest. */
export function AgentLimits() {
  const limits = useFlow((flow) => flow.agent.limits) ?? {}
  return LIMITS.map(({ key, label, hint, max, unit }) => (
    <Field key={key} label={label} hint={hint} place={`limits.${key}`} inline>
      <NumberInput
        value={limits[key]}
        usual={String(DEFAULT_LIMITS[key])}
        min={1}
        max={max}
        {...(unit ? { unit } : {})}
        onValue={(value) => {
          const next = withEntry(limits, key, value)
          changeAgent(key, { limits: Object.keys(next).length > 0 ? next : undefined })
        }}
        onBlur={sealChange}
      />
    </Field>
  ))
}
