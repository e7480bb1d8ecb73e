import type { Preview, PreviewCall } from '@volley/shared/plan/preview.ts'

/** The turn in words: what starts at once, then what each step of waiting sets free; at the end what never runs, and why. */
export function Steps({ preview }: { preview: Preview }) {
  const never = preview.calls.filter((call) => call.startMs === null)
  if (preview.calls.length === 0) return null
  return (
    <ol aria-label="Step by step" className="m-0 flex list-none flex-col gap-1 p-0 text-xs">
      {preview.steps.map((calls, at) => (
        <li key={calls[0]} data-preview-step={at} className="flex gap-2">
          <span className="w-16 shrink-0 text-text-3">{at === 0 ? 'At once' : 'Then'}</span>
          <span className="flex min-w-0 flex-wrap gap-x-3 gap-y-0.5">
            {calls.map((number) => (
              <CallWords key={number} call={preview.calls[number - 1] as PreviewCall} />
            ))}
          </span>
        </li>
      ))}
      {never.length > 0 && (
        <li className="flex gap-2">
          <span className="w-16 shrink-0 text-text-3">Never</span>
          <span className="flex min-w-0 flex-col gap-0.5">
            {never.map(({ call, tool, because }) => (
              <span key={call}>
                <Name call={call} tool={tool} /> <span className="text-failed-text">{because}</span>
              </span>
            ))}
          </span>
        </li>
      )}
    </ol>
  )
}

function CallWords({ call: { call, tool, waitsFor, startsEarly, readyMs, startMs } }: { call: PreviewCall }) {
  const isHeld = readyMs !== null && startMs !== null && startMs > readyMs
  return (
    <span>
      <Name call={call} tool={tool} />
      {waitsFor.length > 0 && <span className="text-text-2"> after {waitsFor.map((one) => `#${one}`).join(', ')}</span>}
      {startsEarly && <span className="text-text-2"> even while the model writes</span>}
      {isHeld && <span className="text-waiting-text"> when a place is free</span>}
    </span>
  )
}

const Name = ({ call, tool }: { call: number; tool: string }) => (
  <span className="font-mono font-semibold">
    {tool} <span className="font-normal text-text-3">#{call}</span>
  </span>
)
