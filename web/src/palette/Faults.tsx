import type { Problem } from '@volley/shared/flow/problem.ts'
import { TriangleAlert } from 'lucide-react'

/** Why something could not be read, or not as it is: each with its place. Nothing, where all is well. */
export function Faults({
  fault = null,
  problems = [],
  isNote = false,
}: {
  fault?: string | null
  problems?: readonly Problem[]
  /** It can be used all the same. */
  isNote?: boolean
}) {
  const lines = [...(fault === null ? [] : [{ pointer: '', message: fault }]), ...problems]
  if (lines.length === 0) return null
  return (
    <ul
      {...(isNote ? { 'aria-label': 'Notes' } : { role: 'alert' })}
      className={`m-0 flex max-h-28 list-none flex-col gap-1.5 overflow-y-auto rounded-lg border p-2.5 text-xs ${
        isNote ? 'border-waiting/40 bg-waiting/8' : 'border-failed/40 bg-failed/8'
      }`}
    >
      {lines.map(({ pointer, message }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same may be said twice of one place.
        <li key={at} className="flex gap-2">
          <TriangleAlert
            size={13}
            aria-hidden
            className={`mt-0.5 shrink-0 ${isNote ? 'text-waiting-text' : 'text-failed-text'}`}
          />
          <span className="min-w-0 break-words">
            {pointer && <code className="font-mono text-2xs text-text-3">{pointer} </code>}
            {message}
          </span>
        </li>
      ))}
    </ul>
  )
}
