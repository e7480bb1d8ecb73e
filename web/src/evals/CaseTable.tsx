import { ToggleGroup } from 'radix-ui'
import { useMemo, useRef, useState } from 'react'
import { counted, percentage } from '../trace/format.ts'
import { Labelled } from '../ui/Filter.tsx'
import { Select } from '../ui/Select.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { useRows } from '../ui/useRows.ts'
import {
  type CaseCell,
  type CaseRow,
  chosenRows,
  ROW_ORDERS,
  ROW_SHOWN,
  type RowOrder,
  type RowsShown,
} from './caseRows.ts'

const ROW = 52

const SHOWN_WORDS: Record<RowsShown, string> = { all: 'All', failed: 'Failed', differs: 'Differs' }
const ORDER_WORDS: Record<RowOrder, string> = {
  worse: 'Regressions first',
  failed: 'Failed first',
  given: 'As in the data set',
  id: 'By id',
}

/** Every case in a row, every variant in a column: what passed, and why not. A row opens its runs. */
export function CaseTable({
  rows,
  names,
  onOpen,
}: {
  rows: readonly CaseRow[]
  names: readonly string[]
  onOpen: (caseId: string) => void
}) {
  const isOne = names.length === 1
  const [shown, setShown] = useState<RowsShown>('all')
  const [order, setOrder] = useState<RowOrder>(isOne ? 'failed' : 'worse')
  const [text, setText] = useState('')
  const found = useMemo(() => chosenRows(rows, { shown, order, text }), [rows, shown, order, text])
  return (
    <section aria-label="Cases" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <h2 className="m-0 mr-auto self-center text-sm font-semibold">
          Cases
          <span role="status" className="ml-2 text-xs font-normal text-text-3 tabular-nums">
            {found.length === rows.length ? counted(rows.length, 'case') : `${found.length} of ${rows.length} cases`}
          </span>
        </h2>
        <ToggleGroup.Root
          type="single"
          value={shown}
          aria-label="Which cases"
          className="flex gap-1"
          onValueChange={(value) => value !== '' && setShown(value as RowsShown)}
        >
          {ROW_SHOWN.filter((one) => one !== 'differs' || !isOne).map((one) => (
            <ToggleGroup.Item
              key={one}
              value={one}
              className="h-[30px] rounded-md px-2.5 text-xs font-medium text-text-2 hover:text-text-1 data-[state=on]:bg-surface-3 data-[state=on]:text-text-1"
            >
              {SHOWN_WORDS[one]}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
        <Labelled name="Order">
          {(id) => (
            <Select
              id={id}
              className="w-auto min-w-36"
              value={order}
              options={ROW_ORDERS.filter((one) => one !== 'worse' || !isOne).map((value) => ({
                value,
                label: ORDER_WORDS[value],
              }))}
              onValue={(value) => setOrder(value as RowOrder)}
            />
          )}
        </Labelled>
        <Labelled name="Search cases">
          {(id) => (
            <TextInput
              id={id}
              type="search"
              className="w-52"
              placeholder="id, name or input"
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          )}
        </Labelled>
      </div>
      {found.length === 0 ? (
        <p className="m-0 rounded-[11px] border border-line bg-surface-1 p-4 text-xs text-text-2">
          {shown === 'failed' && text === ''
            ? 'No case failed.'
            : shown === 'differs' && text === ''
              ? 'The variants did not differ in any case.'
              : 'No case is like this. Change the search or show all.'}
        </p>
      ) : (
        <Rows rows={found} names={names} onOpen={onOpen} />
      )}
    </section>
  )
}

function Rows({
  rows,
  names,
  onOpen,
}: {
  rows: readonly CaseRow[]
  names: readonly string[]
  onOpen: (caseId: string) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const { first, end, before, after, stop, onKeyDown } = useRows(box, rows.length, ROW)
  return (
    <div ref={box} className="max-h-[72vh] overflow-auto rounded-[11px] border border-line bg-surface-1">
      <table
        className="w-full table-fixed border-collapse text-xs"
        style={{ minWidth: 320 + names.length * 180 }}
        aria-rowcount={rows.length + 1}
      >
        <thead className="sticky top-0 z-10 bg-surface-1">
          <tr className="h-9 border-b border-line text-left">
            <th scope="col" className="w-[34%] px-3 pl-4 font-medium text-text-3">
              Case
            </th>
            {names.map((name) => (
              <th key={name} scope="col" title={name} className="truncate px-3 font-mono font-medium text-text-3">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {before > 0 && <Spacer height={before} columns={names.length + 1} />}
          {rows.slice(first, end).map(({ item, cells }, offset) => (
            <tr
              key={item.id}
              data-case={item.id}
              aria-rowindex={first + offset + 2}
              className="relative h-[52px] border-line not-last:border-b hover:bg-surface-2"
            >
              <th scope="row" className="px-3 pl-4 text-left font-normal">
                <button
                  type="button"
                  className="block max-w-full truncate rounded-sm font-mono text-text-1 after:absolute after:inset-0"
                  {...stop(first + offset)}
                  onClick={() => onOpen(item.id)}
                >
                  {item.name ?? item.id}
                </button>
                <span className="block truncate text-text-2">{item.input}</span>
              </th>
              {cells.map((cell, at) => (
                <Cell key={names[at]} cell={cell} />
              ))}
            </tr>
          ))}
          {after > 0 && <Spacer height={after} columns={names.length + 1} />}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ cell }: { cell: CaseCell | null }) {
  if (cell === null) return <td className="px-3 text-text-3">not run yet</td>
  const { runs, passed, f1, why } = cell
  const isAll = passed === runs
  return (
    <td className="px-3">
      <span className="flex items-baseline gap-2 whitespace-nowrap">
        <span className={`font-medium ${isAll ? 'text-succeeded-text' : 'text-failed-text'}`}>
          {runs === 1 ? (isAll ? '✓ passed' : '✗ failed') : `${isAll ? '✓' : '✗'} ${percentage(passed / runs)} passed`}
        </span>
        {f1 !== null && <span className="font-mono text-text-2 tabular-nums">F1 {f1.toFixed(2)}</span>}
      </span>
      {why && (
        <span className="block truncate text-text-2" title={why}>
          {why}
        </span>
      )}
    </td>
  )
}

/** Stands for the rows that cannot be seen. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  return (
    <tr style={{ height }}>
      <td colSpan={columns} />
    </tr>
  )
}
