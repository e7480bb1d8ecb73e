import { fieldChanges } from '@volley/shared/flow/difference.ts'
import type { Conflict } from '@volley/shared/flow/merge/mergeFlows.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import { useId } from 'react'
import { FieldTable } from './FieldTable.tsx'
import { WordDiff } from './WordDiff.tsx'

const SIDES = [
  { side: 'mine', name: 'Mine' },
  { side: 'theirs', name: 'Theirs' },
] as const

/** One place that both sides changed: what each made of it, side by side, and which one stays. */
export function ConflictChoice({
  conflict,
  side: chosen,
  isFirst,
  onSide,
}: {
  conflict: Conflict
  side: 'mine' | 'theirs'
  /** The first one of a dialog takes the focus. */
  isFirst: boolean
  onSide: (side: 'mine' | 'theirs') => void
}) {
  const id = useId()
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0" data-conflict={conflict.pointer}>
      <legend className="mb-2 p-0 text-sm font-semibold break-words">{conflict.label}</legend>
      {conflict.because && (
        <p className="m-0 mb-2 text-xs text-text-2">The two do not fit together. {conflict.because}</p>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        {SIDES.map(({ side, name }) => (
          <div
            key={side}
            className="flex min-w-0 flex-col rounded-lg border border-line has-checked:border-running has-checked:bg-running/5"
          >
            <label className="flex items-center gap-2 px-3 py-2 text-xs font-medium">
              <input
                type="radio"
                name={id}
                className="accent-running"
                checked={chosen === side}
                aria-describedby={`${id}-${side}`}
                {...(isFirst && side === 'mine' ? { 'data-autofocus': true } : {})}
                onChange={() => onSide(side)}
              />
              {name}
            </label>
            <div id={`${id}-${side}`} className="min-w-0 px-3 pb-3">
              <Change
                label={`${conflict.label}, ${name.toLowerCase()}`}
                before={conflict.base}
                after={conflict[side]}
              />
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  )
}

/** What one side made of a value: texts word by word, objects field by field, everything else as a whole. */
function Change({ label, before, after }: { label: string; before: unknown; after: unknown }) {
  if (after === undefined)
    return <p className="m-0 text-sm text-text-2">{before === undefined ? 'Not there.' : 'Taken away.'}</p>
  if (isObject(after) && (before === undefined || isObject(before)))
    return <FieldTable fields={fieldChanges(before ?? {}, after)} />
  if (typeof after === 'string' || typeof before === 'string')
    return <WordDiff label={label} before={before === undefined ? '' : textOf(before)} after={textOf(after)} />
  return (
    <p className="m-0 font-mono text-sm break-words">
      {before !== undefined && <del className="text-failed-text">{textOf(before)}</del>}{' '}
      <ins className="text-succeeded-text no-underline">{textOf(after)}</ins>
    </p>
  )
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
