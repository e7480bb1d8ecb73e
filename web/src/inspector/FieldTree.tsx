import type { ResultField } from '@volley/shared/flow/resultFields.ts'
import { GripVertical } from 'lucide-react'
import { cx } from '../ui/cx.ts'

/** The type under which a dragged field carries its path. */
export const FIELD_DRAG = 'application/x-volley-field'

/** The fields of a result, each with its type and a value: to be picked, or dragged onto a parameter. */
export function FieldTree({
  label,
  fields,
  picked,
  onPick,
}: {
  label: string
  fields: readonly ResultField[]
  picked: string | null
  onPick: (field: ResultField) => void
}) {
  return (
    <ul
      aria-label={label}
      className="m-0 flex max-h-52 list-none flex-col overflow-y-auto rounded-md border border-line bg-surface-1 p-1"
    >
      <Fields fields={fields} depth={0} picked={picked} onPick={onPick} />
    </ul>
  )
}

interface FieldsProps {
  fields: readonly ResultField[]
  depth: number
  picked: string | null
  onPick: (field: ResultField) => void
}

function Fields({ fields, depth, picked, onPick }: FieldsProps) {
  return fields.map((field) => (
    <li key={field.path}>
      <button
        type="button"
        draggable
        data-result-field={field.path}
        aria-pressed={picked === field.path}
        title={field.about ?? field.path}
        onClick={() => onPick(field)}
        onDragStart={({ dataTransfer }) => {
          dataTransfer.setData(FIELD_DRAG, field.path)
          dataTransfer.setData('text/plain', field.path)
          dataTransfer.effectAllowed = 'copy'
        }}
        style={{ paddingLeft: depth * 12 + 2 }}
        className={cx(
          'group flex min-h-6 w-full cursor-grab items-center gap-1.5 rounded-sm pr-1.5 text-left text-xs hover:bg-surface-2',
          'aria-pressed:bg-running/15',
        )}
      >
        <GripVertical size={11} aria-hidden className="shrink-0 text-text-3" />
        <span className="shrink-0 font-mono font-semibold text-text-1">
          {depth > 0 && <span className="sr-only">{field.path.slice(0, -field.name.length)}</span>}
          {field.name}
        </span>
        <span className="shrink-0 font-mono text-2xs text-text-2">{field.type}</span>
        <span className="ml-auto min-w-0 truncate font-mono text-2xs text-text-2">{field.sample}</span>
      </button>
      {field.fields.length > 0 && (
        <ul className="m-0 list-none p-0">
          <Fields fields={field.fields} depth={depth + 1} picked={picked} onPick={onPick} />
        </ul>
      )}
    </li>
  ))
}
