import type { Tool } from '@volley/shared/flow/flow.ts'
import { Minus, Plus } from 'lucide-react'
import { duration } from '../trace/format.ts'
import { IconButton } from '../ui/IconButton.tsx'
import type { Expected } from './choice.ts'

/** How many calls of each tool: by buttons, or by the arrows in the number. */
export function ToolCounts({
  tools,
  counts,
  expected,
  onCount,
}: {
  tools: readonly Tool[]
  counts: Readonly<Record<string, number>>
  expected: ReadonlyMap<string, Expected>
  onCount: (tool: string, count: number) => void
}) {
  return (
    <ul aria-label="Calls of each tool" className="m-0 flex max-h-[46vh] list-none flex-col overflow-y-auto p-0">
      {tools.map(({ name }) => {
        const count = counts[name] ?? 0
        const takes = expected.get(name)
        return (
          <li key={name} className="flex items-center gap-1 border-line py-1 not-last:border-b">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-mono text-xs font-semibold" title={name}>
                {name}
              </span>
              {takes && (
                <span className="block truncate text-2xs text-text-3">
                  {duration(takes.ms)}, {takes.how}
                </span>
              )}
            </span>
            <IconButton
              size="sm"
              label={`One call of ${name} less`}
              icon={<Minus size={12} />}
              disabled={count === 0}
              onClick={() => onCount(name, count - 1)}
            />
            <input
              type="number"
              aria-label={`Calls of ${name}`}
              min={0}
              max={MOST}
              value={count}
              onChange={({ target }) => {
                const next = Math.round(Number(target.value))
                if (Number.isFinite(next)) onCount(name, Math.min(MOST, Math.max(0, next)))
              }}
              className="h-6 w-8 [appearance:textfield] rounded-sm border border-line bg-surface-2 text-center font-mono text-xs [&::-webkit-inner-spin-button]:hidden"
            />
            <IconButton
              size="sm"
              label={`One more call of ${name}`}
              icon={<Plus size={12} />}
              disabled={count >= MOST}
              onClick={() => onCount(name, count + 1)}
            />
          </li>
        )
      })}
    </ul>
  )
}

const MOST = 50
