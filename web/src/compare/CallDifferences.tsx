import type { RunState } from '@volley/shared/run/state.ts'
import { duration } from '../trace/format.ts'
import type { SharedCall } from './alignCalls.ts'

const MOST = 200

/** Every call that any of the runs made, in a line each: how long it took in each, and where it was not made. */
export function CallDifferences({ runs, shared }: { runs: readonly RunState[]; shared: readonly SharedCall[] }) {
  if (shared.length === 0) return null
  const differing = shared.filter(({ calls }) => calls.includes(null))
  const lines = [...differing, ...shared.filter(({ calls }) => !calls.includes(null))].slice(0, MOST)
  return (
    <section aria-label="Calls beside one another" className="rounded-lg border border-line bg-surface-1 p-3">
      <h2 className="m-0 mb-2 text-sm font-semibold">
        {differing.length === 0
          ? `All made the same ${shared.length} calls`
          : `${differing.length} of ${shared.length} calls were not made by all`}
      </h2>
      <div className="overflow-x-auto">
        <table className="w-full border-collapse text-xs">
          <thead>
            <tr className="border-b border-line text-left text-text-3">
              <th className="py-1 pr-3 font-normal">Call</th>
              {runs.map((run) => (
                <th key={run.id} className="px-2 font-normal whitespace-nowrap">
                  {run.model} · {run.parallelism}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ tool, arguments: given, calls }) => (
              <tr
                key={`${tool} ${calls.join(' ')}`}
                data-difference={calls.includes(null) || undefined}
                className="border-b border-line last:border-b-0 data-difference:bg-waiting/10"
              >
                <th scope="row" className="max-w-0 w-1/2 truncate py-1 pr-3 text-left font-mono font-normal">
                  <b className="font-semibold">{tool}</b> <span className="text-text-3">{JSON.stringify(given)}</span>
                </th>
                {calls.map((number, lane) => (
                  <td key={runs[lane]?.id} className="px-2 font-mono whitespace-nowrap">
                    {number === null ? <span className="text-waiting-text">not made</span> : cell(runs[lane], number)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shared.length > MOST && <p className="m-0 mt-2 text-xs text-text-2">And {shared.length - MOST} more calls.</p>}
    </section>
  )
}

function cell(run: RunState | undefined, number: number): string {
  const call = run?.calls[number - 1]
  const length = call?.durationMs == null ? call?.status : duration(call.durationMs)
  return `#${number}, turn ${call?.turn}: ${length}`
}
