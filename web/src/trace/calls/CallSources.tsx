import type { ArgumentSource } from '@volley/shared/trace/argumentSources.ts'
import { oneLine } from '../format.ts'

/** Which argument took what from which call. */
export function CallSources({
  sources,
  toolOf,
  onChoose,
}: {
  sources: readonly ArgumentSource[]
  toolOf(call: number): string
  onChoose?: ((call: number) => void) | undefined
}) {
  return (
    <ul className="m-0 flex list-none flex-col gap-1.5 p-0 text-xs">
      {sources.map(({ argument, call, path, text, value }) => (
        <li key={argument} className="flex flex-col gap-0.5 rounded-md border border-line bg-surface-2 px-2 py-1.5">
          <span className="flex flex-wrap items-baseline gap-x-1.5">
            <span className="font-mono text-text-1">{argument}</span>
            <span className="text-text-2">from</span>
            <button
              type="button"
              className="min-h-6 rounded-sm font-mono text-running-text underline-offset-2 hover:underline"
              onClick={() => onChoose?.(call)}
            >
              #{call} {toolOf(call)}
            </button>
            <span className="font-mono text-text-2">{path === '' ? 'the whole result' : path}</span>
          </span>
          <span className="font-mono break-words text-text-2">
            {value === undefined ? 'never filled in' : `= ${oneLine(value, 200)}`}
            {text !== undefined && ` (in “${text}”)`}
          </span>
        </li>
      ))}
    </ul>
  )
}
