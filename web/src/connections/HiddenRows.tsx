import { Plus, X } from 'lucide-react'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { CONTROL } from '../ui/TextInput.tsx'
import type { Row } from './draft.ts'

/** Names with values that may be secret: a stored value is not shown, and stays until another is typed. */
export function HiddenRows({
  what,
  rows,
  namePlaceholder,
  onRows,
}: {
  /** What one row is called: "header", "variable". */
  what: string
  rows: readonly Row[]
  namePlaceholder: string
  onRows: (rows: Row[]) => void
}) {
  const set = (at: number, change: Partial<Row>) =>
    onRows(rows.map((row, index) => (index === at ? { ...row, ...change } : row)))
  return (
    <div className="flex flex-col gap-1.5">
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row stays the same row while its name is typed.
        <div key={at} className="grid grid-cols-[2fr_3fr_auto] items-center gap-1.5">
          <input
            aria-label={`Key of ${what} ${at + 1}`}
            className={`${CONTROL} h-7 font-mono text-xs`}
            autoComplete="off"
            spellCheck={false}
            placeholder={namePlaceholder}
            value={row.name}
            // A stored value belongs to its name: another name needs a value of its own.
            onChange={({ target }) => set(at, { name: target.value, isStored: false })}
          />
          <input
            aria-label={`Value of ${what} ${at + 1}`}
            className={`${CONTROL} h-7 font-mono text-xs`}
            autoComplete="off"
            spellCheck={false}
            placeholder={row.isStored ? 'stored; type to replace' : '{{secret.NAME}}'}
            value={row.value}
            onChange={({ target }) => set(at, { value: target.value })}
          />
          <IconButton
            size="sm"
            label={`Remove ${what} ${row.name || at + 1}`}
            icon={<X size={13} />}
            onClick={() => onRows(rows.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button
        variant="ghost"
        size="sm"
        className="self-start"
        icon={<Plus size={13} aria-hidden />}
        onClick={() => onRows([...rows, { name: '', value: '', isStored: false }])}
      >
        Add {what}
      </Button>
    </div>
  )
}
