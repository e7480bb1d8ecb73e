import { policyOf } from '@volley/shared/flow/defaults.ts'
import { SectionTitle } from '../../ui/Panel.tsx'
import { counted } from '../format.ts'
import { Knob } from './Knob.tsx'
import type { KnobsProps } from './RunKnobs.tsx'

/** How long the calls of each tool take, and how many of them may be under way at once; for tools that were called. */
export function ToolKnobs({
  run,
  flow,
  changes,
  means,
  onChange,
}: KnobsProps & { means: ReadonlyMap<string, number> }) {
  const called = [...Map.groupBy(run.calls, (call) => call.tool)].filter(([tool]) => means.has(tool))
  return called.map(([name, calls]) => {
    const tool = flow.tools.find((one) => one.name === name)
    if (!tool) return null
    const meanMs = Math.round(means.get(name) ?? 0)
    const cap = policyOf(tool).concurrency
    const tried = changes.find((one) => one.change === 'duration' && one.tool === name)
    const capped = changes.find((one) => one.change === 'tool_cap' && one.tool === name)
    const changedCap = capped?.change === 'tool_cap' ? capped.most : undefined
    return (
      <fieldset key={name} aria-label={name} className="m-0 flex min-w-0 flex-col gap-2 border-0 p-0">
        <SectionTitle className="m-0">
          <span className="font-mono text-text-1">{name}</span> {counted(calls.length, 'call')}
        </SectionTitle>
        <Knob
          label={calls.length > 1 ? 'Average' : 'Takes'}
          value={tried?.change === 'duration' ? Math.round(tried.meanMs) : undefined}
          was={meanMs}
          min={0}
          max={sliderEnd(meanMs)}
          most={600_000}
          step={meanMs > 200 ? 10 : 1}
          unit="ms"
          onValue={(value) => onChange({ change: 'duration', tool: name, meanMs: value ?? meanMs })}
        />
        {calls.length > 1 && (
          <Knob
            label="At once"
            value={changedCap === undefined ? undefined : (changedCap ?? calls.length)}
            was={Math.min(cap, calls.length)}
            usual={Number.isFinite(cap) ? String(cap) : 'no cap'}
            min={1}
            max={Math.min(64, calls.length)}
            most={10_000}
            onValue={(most) =>
              onChange({ change: 'tool_cap', tool: name, most: most ?? (Number.isFinite(cap) ? cap : null) })
            }
          />
        )}
      </fieldset>
    )
  })
}

/** Three times as long as it was, at a round number. */
function sliderEnd(ms: number): number {
  const step = ms > 200 ? 100 : 10
  return Math.max(100, Math.ceil((ms * 3) / step) * step)
}
