import { useState } from 'react'
import { Button } from '../ui/Button.tsx'

const MOST_LETTERS = 6000

/** A value as it is: texts as text, everything else as JSON. Long ones are cut until someone wants the rest. */
export function JsonBlock({ value, label }: { value: unknown; label: string }) {
  const [isWhole, setWhole] = useState(false)
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? 'nothing')
  const isLong = text.length > MOST_LETTERS
  return (
    <div className="flex flex-col items-start gap-1">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
        aria-label={label}
        className="max-h-64 w-full overflow-auto rounded-md border border-line bg-surface-2 p-2"
      >
        <pre className="m-0 font-mono text-[11.5px] leading-relaxed break-words whitespace-pre-wrap text-text-1">
          {isLong && !isWhole ? `${text.slice(0, MOST_LETTERS)}…` : text}
        </pre>
      </section>
      {isLong && (
        <Button size="sm" variant="ghost" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show less' : `Show all ${text.length.toLocaleString('en')} letters`}
        </Button>
      )}
    </div>
  )
}
