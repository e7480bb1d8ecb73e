import { jsonFault } from '@volley/shared/lib/jsonFault.ts'
import { Plus, X } from 'lucide-react'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { CONTROL } from '../../../ui/TextInput.tsx'

/** The values that count for one parameter, each a JSON text. Words without quotes are one press away from being a text. */
export function ValuesForm({
  of,
  values,
  faultAt,
  onValues,
}: {
  of: string
  values: readonly string[]
  faultAt: (which: number) => string | undefined
  onValues: (values: string[]) => void
}) {
  // Where none is written yet there is a field to write it into.
  const shown = values.length > 0 ? values : ['']
  const set = (which: number, text: string) => onValues(shown.map((other, index) => (index === which ? text : other)))
  return (
    <div className="flex flex-col gap-1.5">
      {shown.map((text, which) => {
        const fault = faultAt(which)
        const isWords = text.trim() !== '' && jsonFault(text) !== null
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row stays the same row while it is typed.
          <div key={which} className="flex items-center gap-1">
            <input
              aria-label={`Value ${which + 1} of ${of}`}
              aria-invalid={fault ? true : undefined}
              title={fault}
              autoComplete="off"
              spellCheck={false}
              placeholder='"Oslo", 5, [1, 2]'
              className={`${CONTROL} h-7 min-w-0 flex-1 font-mono text-xs`}
              value={text}
              onChange={({ target }) => set(which, target.value)}
            />
            {isWords && (
              <Button
                size="sm"
                title="Put it in quotes, as JSON writes a text"
                onClick={() => set(which, JSON.stringify(text.trim()))}
              >
                As text
              </Button>
            )}
            {shown.length > 1 && (
              <IconButton
                size="sm"
                label={`Remove value ${which + 1} of ${of}`}
                icon={<X size={12} />}
                onClick={() => onValues(shown.filter((_, index) => index !== which))}
              />
            )}
          </div>
        )
      })}
      <Button
        variant="ghost"
        size="sm"
        className="h-6! self-start px-1!"
        aria-label={`Add value of ${of}`}
        icon={<Plus size={12} aria-hidden />}
        onClick={() => onValues([...shown, ''])}
      >
        Add value
      </Button>
    </div>
  )
}
