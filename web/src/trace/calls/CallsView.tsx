import { testCaseOf } from '@volley/shared/evals/testCaseOf.ts'
import type { CallStatus } from '@volley/shared/run/events.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { CALL_STATUSES } from '@volley/shared/run/statuses.ts'
import { ClipboardCheck, DatabaseZap } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { copyText } from '../../ui/copyText.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { statusWord } from '../../ui/StatusDot.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { counted } from '../format.ts'
import { useAddToDataSet } from '../testCase/useAddToDataSet.tsx'
import { CallsTable } from './CallsTable.tsx'
import { filterCalls, NO_FILTER } from './filterCalls.ts'

/** The calls of a run, to be searched and narrowed down. */
export function CallsView({ run, onChoose }: { run: RunState; onChoose(call: number): void }) {
  const [filter, setFilter] = useState(NO_FILTER)
  const calls = useMemo(() => filterCalls(run.calls, filter), [run.calls, filter])
  const tools = useMemo(() => [...new Set(run.calls.map(({ tool }) => tool))].sort(), [run.calls])
  const statuses = useMemo(() => new Set(run.calls.map(({ status }) => status)), [run.calls])
  const isNarrowed = filter !== NO_FILTER
  const adding = useAddToDataSet()
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-3 py-1.5">
        <TextInput
          type="search"
          aria-label="Search the calls"
          placeholder="Search: words, or #12"
          className="w-auto! max-w-52 min-w-24 flex-[1_1_96px]"
          value={filter.words}
          onChange={(event) => setFilter({ ...filter, words: event.target.value })}
        />
        <Select
          aria-label="Status"
          className="w-29!"
          value={filter.status}
          options={[
            { value: '', label: 'Any status' },
            ...CALL_STATUSES.filter((status) => statuses.has(status) || status === filter.status).map((status) => ({
              value: status,
              label: statusWord(status),
            })),
          ]}
          onValue={(status) => setFilter({ ...filter, status: status as CallStatus | '' })}
        />
        <Select
          aria-label="Tool"
          className="w-29!"
          value={filter.tool}
          options={[{ value: '', label: 'Any tool' }, ...tools.map((tool) => ({ value: tool }))]}
          onValue={(tool) => setFilter({ ...filter, tool })}
        />
        <Select
          aria-label="Turn"
          className="w-24!"
          value={filter.turn}
          options={[
            { value: '', label: 'Any turn' },
            ...run.turns.map(({ turn }) => ({ value: String(turn), label: `Turn ${turn}` })),
          ]}
          onValue={(turn) => setFilter({ ...filter, turn })}
        />
        <span role="status" className="text-xs text-text-2">
          {isNarrowed ? `${calls.length} of ${counted(run.calls.length, 'call')}` : ''}
        </span>
        {isNarrowed && (
          <Button size="sm" variant="ghost" onClick={() => setFilter(NO_FILTER)}>
            Show all
          </Button>
        )}
        <IconButton
          size="sm"
          className="ml-auto"
          label="Copy as a test case"
          tip="Copy the input and all calls that succeeded as a test case"
          icon={<ClipboardCheck size={14} />}
          onClick={() => void copyText(JSON.stringify(testCaseOf(run), null, 2), 'The test case')}
        />
        <IconButton
          size="sm"
          label="Add to a data set"
          tip="Add the input and all calls that succeeded to a data set"
          icon={<DatabaseZap size={14} />}
          onClick={() => adding.add({ run })}
        />
        {adding.dialog}
      </div>
      <div className="min-h-0 flex-1">
        {calls.length > 0 ? (
          <CallsTable calls={calls} onChoose={onChoose} />
        ) : (
          <p className="m-0 p-4 text-xs text-text-2">No call is like that.</p>
        )}
      </div>
    </div>
  )
}
