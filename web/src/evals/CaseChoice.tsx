import type { DataSet } from '@volley/shared/evals/api.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { counted } from '../trace/format.ts'
import { TextInput } from '../ui/TextInput.tsx'
import { Choice, Group } from './Choice.tsx'

const MOST_SHOWN = 5

/** All cases of the data set, or those that a search finds. */
export function CaseChoice({
  dataSet,
  found,
  search,
  onSearch,
}: {
  dataSet: DataSet | null
  found: readonly TestCase[]
  search: string | null
  onSearch: (search: string | null) => void
}) {
  if (!dataSet || dataSet.cases.length === 0) return null
  return (
    <Group title="Cases" note={search === null ? `All ${counted(dataSet.cases.length, 'case')}.` : undefined}>
      <Choice label="Only some of them" isChosen={search !== null} onChosen={(isOn) => onSearch(isOn ? '' : null)} />
      {search !== null && (
        <div className="flex flex-col gap-2">
          <TextInput
            type="search"
            aria-label="Only cases with"
            placeholder="Words of the id, the name or the input"
            className="max-w-md"
            value={search}
            onChange={({ target }) => onSearch(target.value)}
          />
          <p role="status" className="m-0 text-xs text-text-2">
            {found.length} of {counted(dataSet.cases.length, 'case')}
          </p>
          <ul className="m-0 list-none p-0 text-xs text-text-2">
            {found.slice(0, MOST_SHOWN).map(({ id, name, input }) => (
              <li key={id} className="truncate">
                <span className="font-mono text-text-1">{name ?? id}</span> {input}
              </li>
            ))}
            {found.length > MOST_SHOWN && <li>and {found.length - MOST_SHOWN} more</li>}
          </ul>
        </div>
      )}
    </Group>
  )
}
