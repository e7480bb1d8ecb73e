import { callsInShort } from '@volley/shared/evals/caseInShort.ts'
import type { ReadFiles } from '@volley/shared/evals/importPlan.ts'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { count, counted, oneLine } from '../../../trace/format.ts'

/** So many cases and faults are shown; the rest are counted. */
const MOST_SHOWN = 100

/** What came out of the files: how many cases, the first of them, and each line that could not be read with the reason. */
export function ImportPreview({ read: { cases, faults } }: { read: ReadFiles }) {
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="m-0 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        <span className="flex items-center gap-1.5">
          <CircleCheck size={14} aria-hidden className="text-succeeded-text" />
          {counted(cases.length, 'case')} can be read
        </span>
        {faults.length > 0 && (
          <span className="flex items-center gap-1.5 text-failed-text">
            <TriangleAlert size={14} aria-hidden />
            {counted(faults.length, 'line')} cannot
          </span>
        )}
      </p>
      {faults.length > 0 && (
        <ul
          aria-label="What could not be read"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
          tabIndex={0}
          className="m-0 flex max-h-36 list-none flex-col gap-1 overflow-y-auto rounded-lg border border-failed/40 bg-failed/8 p-2.5 text-xs"
        >
          {faults.slice(0, MOST_SHOWN).map(({ file, line, message }) => (
            <li key={`${file} ${line} ${message}`} className="break-words">
              <span className="font-mono text-failed-text">
                {file}, line {line}:
              </span>{' '}
              {message}
            </li>
          ))}
          {faults.length > MOST_SHOWN && <li>and {count(faults.length - MOST_SHOWN)} more</li>}
        </ul>
      )}
      {cases.length > 0 && (
        <section
          aria-label="Cases that can be read"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
          tabIndex={0}
          className="max-h-48 overflow-auto rounded-lg border border-line"
        >
          <table className="w-full min-w-[480px] table-fixed border-collapse text-xs">
            <colgroup>
              <col className="w-36" />
              <col />
              <col className="w-44" />
            </colgroup>
            <thead className="sticky top-0 bg-surface-1">
              <tr className="h-7 border-b border-line text-left">
                {['Id', 'Input', 'Expected calls'].map((head) => (
                  <th key={head} scope="col" className="px-3 font-medium text-text-3">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {cases.slice(0, MOST_SHOWN).map((one, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two files may hold the same id.
                <tr key={at} className="h-7 border-line not-last:border-b">
                  <td className="truncate px-3 font-mono text-text-1">{one.id}</td>
                  <td className="truncate px-3 text-text-2">{oneLine(one.input)}</td>
                  <td className="truncate px-3 text-text-2">{callsInShort(one.expected)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {cases.length > MOST_SHOWN && (
            <p className="m-0 border-t border-line px-3 py-1.5 text-xs text-text-3">
              and {count(cases.length - MOST_SHOWN)} more
            </p>
          )}
        </section>
      )}
    </div>
  )
}
