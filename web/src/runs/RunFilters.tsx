import type { RunFacets } from '@volley/shared/api.ts'
import { X } from 'lucide-react'
import { Button } from '../ui/Button.tsx'
import { Filter, Labelled } from '../ui/Filter.tsx'
import { statusWord } from '../ui/StatusDot.tsx'
import { CONTROL } from '../ui/TextInput.tsx'
import { hasFilters, type RunView, type TIMES, unsavedFlow } from './runView.ts'
import { findingWord } from './words.ts'

const TIME_WORDS: Record<keyof typeof TIMES, string> = {
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
}

/** By what the runs are chosen, each of it only where it can choose. */
export function RunFilters({
  view,
  facets,
  onChange,
  onClear,
}: {
  view: RunView
  /** Null until they are known. */
  facets: RunFacets | null
  onChange: (change: { [Name in keyof RunView]?: RunView[Name] | undefined }) => void
  onClear: () => void
}) {
  const isDays = view.from !== undefined || view.to !== undefined
  return (
    <section aria-label="Filters" className="flex flex-wrap items-end gap-x-3 gap-y-2">
      <Filter name="Flow" any="All flows" value={view.flow} written={flowWord} onValue={(flow) => onChange({ flow })}>
        {facets?.flows.map(({ id, name, runs }) => ({
          value: id ?? unsavedFlow(name),
          label: `${name}${id === null ? ', never saved' : ''} (${runs})`,
        }))}
      </Filter>
      {(facets?.versions.length ?? 0) > 0 && (
        <Filter
          name="Version"
          any="All versions"
          value={view.version === undefined ? undefined : String(view.version)}
          onValue={(version) => onChange({ version: version === undefined ? undefined : Number(version) })}
        >
          {facets?.versions.map(({ version, runs }) => ({ value: String(version), label: `v${version} (${runs})` }))}
        </Filter>
      )}
      <Filter name="Model" any="All models" value={view.model} onValue={(model) => onChange({ model })}>
        {facets?.models.map(({ model, runs }) => ({ value: model, label: `${model} (${runs})` }))}
      </Filter>
      <Filter name="Tool" any="Any tool" value={view.tool} onValue={(tool) => onChange({ tool })}>
        {facets?.tools.map(({ tool, runs }) => ({ value: tool, label: `${tool} (${runs})` }))}
      </Filter>
      <Filter
        name="Finding"
        any="Any or none"
        value={view.finding}
        written={statusWord}
        onValue={(finding) => onChange({ finding: facets?.findings.find(({ code }) => code === finding)?.code })}
      >
        {facets?.findings.map(({ code, runs }) => ({ value: code, label: `${findingWord(code)} (${runs})` }))}
      </Filter>
      <Filter
        name="Time"
        any="Any time"
        value={isDays ? 'days' : view.time}
        onValue={(time) =>
          time === 'days'
            ? onChange({ from: dayBefore(7), to: dayBefore(0) })
            : onChange({ time: time as RunView['time'], from: undefined, to: undefined })
        }
      >
        {[
          ...Object.entries(TIME_WORDS).map(([value, label]) => ({ value, label })),
          { value: 'days', label: 'From day to day' },
        ]}
      </Filter>
      {isDays && (
        <>
          <Day name="From" value={view.from} onValue={(from) => onChange({ from })} />
          <Day name="To" value={view.to} onValue={(to) => onChange({ to })} />
        </>
      )}
      {hasFilters(view) && (
        <Button variant="ghost" icon={<X size={14} aria-hidden />} onClick={onClear}>
          Clear filters
        </Button>
      )}
      {facets?.ofNewest && (
        <p className="m-0 self-center text-xs text-text-3">
          What the newest {facets.ofNewest.toLocaleString('en')} runs can be filtered by
        </p>
      )}
    </section>
  )
}

function Day({
  name,
  value,
  onValue,
}: {
  name: string
  value: string | undefined
  onValue: (value: string | undefined) => void
}) {
  return (
    <Labelled name={name}>
      {(id) => (
        <input
          id={id}
          type="date"
          className={`${CONTROL} h-[30px] w-36`}
          value={value ?? ''}
          onChange={({ target }) => onValue(target.value || undefined)}
        />
      )}
    </Labelled>
  )
}

const flowWord = (flow: string) => flow.replace(/^name:/, '')

/** The day so many days ago, in this browser's time. */
function dayBefore(days: number): string {
  const moment = new Date()
  moment.setDate(moment.getDate() - days)
  return `${moment.getFullYear()}-${String(moment.getMonth() + 1).padStart(2, '0')}-${String(moment.getDate()).padStart(2, '0')}`
}
