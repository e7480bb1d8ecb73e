import type { EvalResult } from '@volley/shared/evals/api.ts'
import { type ExpectedCall, needOf, type TestCase } from '@volley/shared/evals/testCase.ts'
import { getRun, sentenceOf } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { oneLine } from '../trace/format.ts'
import { runOfRecord } from '../trace/runOfRecord.ts'
import { Notice } from '../ui/Notice.tsx'
import { type CallRow, callRows, expectedArguments } from './callRows.ts'

/** One run of a case: its calls beside those that were expected, and its answer or why it has none. */
export function CaseRun({ item, result: { runId, error, output, score } }: { item: TestCase; result: EvalResult }) {
  return (
    <div className="flex flex-col gap-3 border-t border-line p-3">
      {error !== null && <Notice tone="failed">{error}</Notice>}
      {runId !== null && <Calls item={item} runId={runId} apart={score.sharing?.apart ?? []} />}
      <div>
        <h4 className="m-0 text-2xs font-medium text-text-3">Answer</h4>
        <p className="m-0 mt-1 max-h-48 overflow-y-auto text-xs break-words whitespace-pre-wrap">
          {output || <span className="text-text-3">No words.</span>}
        </p>
      </div>
    </div>
  )
}

const STATES: Record<CallRow['is'], { word: string; tone: string }> = {
  right: { word: '✓ as expected', tone: 'text-succeeded-text' },
  early: { word: '✗ too early', tone: 'text-failed-text' },
  missing: { word: '✗ missing', tone: 'text-failed-text' },
  unused: { word: 'optional, not made', tone: 'text-text-3' },
  extra: { word: '✗ not expected', tone: 'text-failed-text' },
}

function Calls({
  item,
  runId,
  apart,
}: {
  item: TestCase
  runId: string
  /** Numbers of calls that came in another turn than those they must share one with. */
  apart: readonly number[]
}) {
  const { loaded } = useAnswer(runId, (signal) => getRun(runId, signal))
  if (loaded.is === 'loading') return <p className="m-0 text-xs text-text-2">Reading the run …</p>
  if (loaded.is === 'fault') return <Notice tone="waiting">{sentenceOf(loaded.fault)}</Notice>
  const isLookedAt = item.expected.calls !== undefined
  const rows = callRows(item.expected, runOfRecord(loaded.value))
  if (rows.length === 0)
    return (
      <p className="m-0 text-xs text-text-2">
        {isLookedAt ? 'No call was expected, and none made.' : 'It made no call.'}
      </p>
    )
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-[520px] border-collapse text-xs">
        <thead>
          <tr className="h-7 border-b border-line text-left">
            {['Expected', 'Made', ''].map((head) => (
              <th key={head} scope="col" className="pr-3 font-medium text-text-3">
                {head || <span className="sr-only">Verdict</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={`${'expected' in row ? item.expected.calls?.indexOf(row.expected) : ''} ${'made' in row ? row.made.call : ''}`}
              data-call-row={row.is}
              className="border-line align-top not-last:border-b"
            >
              <td className="max-w-0 w-[40%] py-1.5 pr-3">
                {'expected' in row && (
                  <>
                    <b className="font-mono font-semibold">{row.expected.tool}</b>
                    <span className="ml-1.5 text-text-3">{placeWords(row.expected)}</span>
                    <span className="block truncate text-text-2" title={expectedArguments(row.expected)}>
                      {expectedArguments(row.expected)}
                    </span>
                  </>
                )}
              </td>
              <td className="max-w-0 w-[40%] py-1.5 pr-3">
                {'made' in row && (
                  <>
                    <b className="font-mono font-semibold">{row.made.tool}</b>
                    <span className="ml-1.5 text-text-3">
                      #{row.made.call}, turn {row.made.turn}
                    </span>
                    <span className="block truncate font-mono text-text-2">
                      {oneLine(row.made.arguments ?? row.made.emittedArguments)}
                    </span>
                  </>
                )}
              </td>
              <td className={`py-1.5 whitespace-nowrap ${isLookedAt ? STATES[row.is].tone : 'text-text-3'}`}>
                {isLookedAt ? STATES[row.is].word : 'not looked at'}
                {'made' in row && apart.includes(row.made.call) && (
                  <span className="block text-failed-text">✗ not in the turn of the others</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What is expected of a call beside its arguments. */
const placeWords = (call: ExpectedCall): string =>
  [
    needOf(call) === 'optional' ? 'optional' : '',
    call.after && call.after.length > 0 ? `after ${call.after.join(', ')}` : '',
    call.together === undefined ? '' : `together (${call.together})`,
  ]
    .filter(Boolean)
    .join(', ')
