import type { Preview, PreviewCall } from '@volley/shared/plan/preview.ts'
import { duration } from '../trace/format.ts'
import { Checkbox } from '../ui/Switch.tsx'
import { type Choice, type ChosenCall, callKey, referenceKey } from './choice.ts'

interface ChartProps {
  preview: Preview
  calls: readonly ChosenCall[]
  choice: Choice
  onChoice: (choice: Choice) => void
}

/** The turn on a time axis: each call with its bar, what it refers to, and whether it fails. */
export function PreviewChart({ preview, calls, choice, onChoice }: ChartProps) {
  if (calls.length === 0) return null
  const span = Math.max(1, preview.elapsedMs)
  return (
    <div className="overflow-x-auto rounded-lg border border-line">
      <table className="w-full min-w-[420px] border-collapse text-xs">
        <thead>
          <tr className="border-b border-line bg-surface-2 text-left text-text-3">
            <th className="w-[34%] px-2 py-1 font-normal">Call</th>
            <th className="w-[18%] px-1 font-normal">Refers to</th>
            <th className="px-1 font-normal">
              <span className="flex justify-between">
                <span>0</span>
                <span>{duration(preview.elapsedMs)}</span>
              </span>
            </th>
            <th className="w-12 px-1 text-center font-normal">Fails</th>
          </tr>
        </thead>
        <tbody>
          {preview.calls.map((call, at) => {
            const chosen = calls[at]
            return (
              chosen && (
                <Row key={call.call} call={call} chosen={chosen} span={span} choice={choice} onChoice={onChoice} />
              )
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Row({
  call,
  chosen,
  span,
  choice,
  onChoice,
}: {
  call: PreviewCall
  chosen: ChosenCall
  span: number
  choice: Choice
  onChoice: (choice: Choice) => void
}) {
  const key = callKey(chosen.tool, chosen.nth)
  const refer = (source: string, nth: number) =>
    onChoice({ ...choice, refers: { ...choice.refers, [referenceKey(chosen.tool, chosen.nth, source)]: nth } })
  const setFails = (fails: boolean) =>
    onChoice({ ...choice, fails: fails ? [...choice.fails, key] : choice.fails.filter((one) => one !== key) })
  return (
    <tr data-preview-call={call.call} data-outcome={call.outcome} className="border-line not-last:border-b">
      <th scope="row" className="max-w-0 truncate px-2 py-1 text-left font-mono font-semibold" title={chosen.tool}>
        {chosen.tool} <span className="font-normal text-text-3">#{call.call}</span>
      </th>
      <td className="px-1">
        {chosen.sources.length === 0 ? (
          <span className="text-text-3">–</span>
        ) : (
          chosen.sources.map(({ source, first, nth, count }) => (
            <select
              key={source}
              aria-label={`Call of ${source} that call ${call.call} refers to`}
              value={nth}
              title={source}
              onChange={({ target }) => refer(source, Number(target.value))}
              className="w-full min-w-0 rounded-sm bg-surface-3 px-1 py-0.5 font-mono text-2xs text-text-1"
            >
              <option value={0}>none</option>
              {Array.from({ length: count }, (_none, before) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is what the option stands for.
                <option key={before} value={before + 1}>
                  #{first + before}
                </option>
              ))}
            </select>
          ))
        )}
      </td>
      <td className="px-1">
        <Bar call={call} span={span} />
      </td>
      <td className="text-center">
        <Checkbox
          className="mx-auto"
          aria-label={`Call ${call.call} fails`}
          checked={chosen.fails ?? false}
          onCheckedChange={(checked) => setFails(checked === true)}
        />
      </td>
    </tr>
  )
}

const STATUS = { succeeds: 'running', fails: 'failed', skipped: 'skipped', refused: 'failed' } as const
const WORDS = { succeeds: '', fails: 'fails', skipped: 'skipped', refused: 'refused' } as const

function Bar({ call, span }: { call: PreviewCall; span: number }) {
  const { startMs, endMs, outcome } = call
  if (startMs === null || endMs === null)
    return (
      <span data-status={STATUS[outcome]} className="text-2xs text-status-text" title={call.because ?? undefined}>
        {WORDS[outcome]}
      </span>
    )
  const left = (startMs / span) * 100
  return (
    <span className="relative block h-5" title={`from ${duration(startMs)} to ${duration(endMs)}`}>
      {startMs > 0 && (
        <span
          className="absolute top-1/2 left-0 border-t border-dashed border-line-strong"
          style={{ width: `${left}%` }}
        />
      )}
      <span
        data-status={STATUS[outcome]}
        className="absolute inset-y-0.5 flex min-w-[3px] items-center overflow-hidden rounded-sm border border-status bg-status/25 px-1 text-2xs whitespace-nowrap text-text-1"
        style={{ left: `${left}%`, width: `${((endMs - startMs) / span) * 100}%` }}
      >
        {WORDS[outcome]}
      </span>
    </span>
  )
}
