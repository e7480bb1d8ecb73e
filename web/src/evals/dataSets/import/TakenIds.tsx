import type { WhenTaken } from '@volley/shared/evals/importPlan.ts'
import { count } from '../../../trace/format.ts'
import { Field } from '../../../ui/Field.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Select } from '../../../ui/Select.tsx'

const MOST_NAMED = 6

/** Which ids are taken, and what is to happen with their cases. Nothing where none is. */
export function TakenIds({
  taken,
  whenTaken,
  onWhenTaken,
}: {
  taken: readonly string[]
  whenTaken: WhenTaken
  onWhenTaken: (whenTaken: WhenTaken) => void
}) {
  if (taken.length === 0) return null
  const more = taken.length - MOST_NAMED
  return (
    <Notice tone="waiting">
      {taken.length === 1 ? 'One id is taken' : `${count(taken.length)} ids are taken`}:{' '}
      <span className="font-mono">{taken.slice(0, MOST_NAMED).join(', ')}</span>
      {more > 0 && ` and ${count(more)} more`}.
      <Field label={taken.length === 1 ? 'Its case' : 'Their cases'} className="mt-2 max-w-60">
        <Select
          value={whenTaken}
          options={[
            { value: 'skip', label: 'Leave out' },
            { value: 'rename', label: taken.length === 1 ? 'Give it a new id' : 'Give them new ids' },
          ]}
          onValue={(value) => onWhenTaken(value as WhenTaken)}
        />
      </Field>
    </Notice>
  )
}
