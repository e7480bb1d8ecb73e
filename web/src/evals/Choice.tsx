import type { ReactNode } from 'react'
import { Checkbox } from '../ui/Switch.tsx'

/** One part of a form: a headline, a note, and what can be chosen. */
export function Group({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <fieldset className="m-0 flex min-w-0 flex-col gap-3 border-0 p-0">
      <legend className="mb-3 flex flex-wrap items-baseline gap-x-2 p-0 text-sm font-semibold">
        {title}
        {note && <span className="text-xs font-normal text-text-2">{note}</span>}
      </legend>
      {children}
    </fieldset>
  )
}

/** One of several that can be taken in or out. */
export function Choice({
  label,
  about,
  isChosen,
  isDisabled = false,
  onChosen,
}: {
  label: string
  about?: ReactNode
  isChosen: boolean
  isDisabled?: boolean
  onChosen: (isChosen: boolean) => void
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the tick is a button that the label holds.
    <label className={`flex min-w-0 items-start gap-2.5 text-sm ${isDisabled ? 'text-text-3' : ''}`}>
      <Checkbox
        className="mt-0.5"
        aria-label={label}
        checked={isChosen}
        disabled={isDisabled}
        onCheckedChange={(checked) => onChosen(checked === true)}
      />
      <span className="min-w-0">
        <span className="font-medium">{label}</span>
        {about && <span className="block text-xs text-text-2">{about}</span>}
      </span>
    </label>
  )
}
