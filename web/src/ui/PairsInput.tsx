import { Plus, X } from 'lucide-react'
import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import { CONTROL } from './TextInput.tsx'

type Pairs = Readonly<Record<string, string>>

/** Names with values, in rows. A row whose name is taken or empty keeps what was typed out of the value until it is mended. */
export function PairsInput({
  pairs,
  what,
  namePlaceholder,
  valuePlaceholder,
  onPairs,
  onBlur,
}: {
  pairs: Pairs
  /** What one row is called: "header", "variable". */
  what: string
  namePlaceholder: string
  valuePlaceholder: string
  onPairs: (pairs: Record<string, string>) => void
  onBlur?: () => void
}) {
  const entries = Object.entries(pairs)
  const set = (at: number, name: string, value: string) => {
    const isTaken = entries.some(([other], index) => index !== at && other === name)
    if (isTaken || RESERVED.has(name)) return
    onPairs(Object.fromEntries(entries.map((entry, index) => (index === at ? [name, value] : entry))))
  }
  return (
    <div className="flex flex-col gap-1.5">
      {entries.map(([name, value], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row stays the same row while its name is typed.
        <div key={at} className="grid grid-cols-[2fr_3fr_auto] items-center gap-1.5">
          <input
            aria-label={`Key of ${what} ${at + 1}`}
            className={`${CONTROL} h-7 font-mono text-xs`}
            placeholder={namePlaceholder}
            value={name}
            onChange={({ target }) => set(at, target.value, value)}
            onBlur={onBlur}
          />
          <input
            aria-label={`Value of ${what} ${at + 1}`}
            className={`${CONTROL} h-7 font-mono text-xs`}
            placeholder={valuePlaceholder}
            value={value}
            onChange={({ target }) => set(at, name, target.value)}
            onBlur={onBlur}
          />
          <IconButton
            size="sm"
            label={`Remove ${what} ${name || at + 1}`}
            icon={<X size={13} />}
            onClick={() => onPairs(Object.fromEntries(entries.filter((_, index) => index !== at)))}
          />
        </div>
      ))}
      <Button
        variant="ghost"
        size="sm"
        className="self-start"
        icon={<Plus size={13} aria-hidden />}
        onClick={() => onPairs({ ...pairs, [freeName(what, pairs)]: '' })}
      >
        Add {what}
      </Button>
    </div>
  )
}

const RESERVED = new Set(['__proto__', 'constructor', 'prototype'])

function freeName(what: string, pairs: Pairs): string {
  const base = what.replace(/\s+/g, '_')
  if (!Object.hasOwn(pairs, base)) return base
  for (let number = 2; ; number++) if (!Object.hasOwn(pairs, `${base}_${number}`)) return `${base}_${number}`
}
