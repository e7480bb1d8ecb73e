import { answerInShort, callsInShort } from '@volley/shared/evals/caseInShort.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { Copy, EllipsisVertical, Pencil, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import { oneLine } from '../../trace/format.ts'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { useRows } from '../../ui/useRows.ts'

const ROW = 52

export interface CaseActions {
  edit(one: TestCase): void
  duplicate(one: TestCase): void
  remove(one: TestCase): void
}

/** Cases as a table, of any number: a line opens its case, arrows go from line to line. */
export function CaseTable({ cases, actions }: { cases: readonly TestCase[]; actions: CaseActions }) {
  const box = useRef<HTMLDivElement>(null)
  const { first, end, before, after, stop, onKeyDown } = useRows(box, cases.length, ROW)
  return (
    <div ref={box} className="h-full overflow-auto rounded-[11px] border border-line bg-surface-1">
      <table
        aria-label="Cases"
        aria-rowcount={cases.length + 1}
        className="w-full min-w-[680px] table-fixed border-collapse text-xs"
      >
        <colgroup>
          <col className="w-[20%]" />
          <col />
          <col className="w-[23%]" />
          <col className="w-[21%]" />
          <col className="w-12" />
        </colgroup>
        <thead className="sticky top-0 z-10 bg-surface-1">
          <tr className="h-9 border-b border-line text-left">
            {['Id and name', 'Input', 'Expected calls', 'Expected answer'].map((head) => (
              <th key={head} scope="col" className="truncate px-3 font-medium text-text-3 first:pl-4">
                {head}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">More</span>
            </th>
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          <Spacer height={before} />
          {cases.slice(first, end).map((one, offset) => (
            <CaseRow key={one.id} one={one} index={first + offset} stop={stop(first + offset)} actions={actions} />
          ))}
          <Spacer height={after} />
        </tbody>
      </table>
    </div>
  )
}

function CaseRow({
  one,
  index,
  stop,
  actions,
}: {
  one: TestCase
  index: number
  stop: ReturnType<ReturnType<typeof useRows>['stop']>
  actions: CaseActions
}) {
  const { calls, answer = [] } = one.expected
  return (
    <tr
      data-case={one.id}
      aria-rowindex={index + 2}
      className="relative h-[52px] border-b border-line hover:bg-surface-2"
    >
      <td className="px-3 pl-4">
        <button
          type="button"
          className="block max-w-full truncate rounded-sm text-left font-mono text-text-1 after:absolute after:inset-0"
          {...stop}
          onClick={() => actions.edit(one)}
        >
          {one.id}
        </button>
        {one.name && <span className="block truncate text-text-2">{one.name}</span>}
      </td>
      <td className="px-3">
        <span className="line-clamp-2 text-text-2">{oneLine(one.input, 240)}</span>
      </td>
      <td className={`truncate px-3 ${calls && calls.length > 0 ? 'font-mono text-text-1' : 'text-text-3'}`}>
        {callsInShort(one.expected)}
      </td>
      <td className={`truncate px-3 ${answer.length > 0 ? 'text-text-1' : 'text-text-3'}`}>
        {answerInShort(one.expected)}
      </td>
      <td className="pr-2 text-right">
        <CaseMenu one={one} tabIndex={stop.tabIndex} actions={actions} />
      </td>
    </tr>
  )
}

function CaseMenu({ one, tabIndex, actions }: { one: TestCase; tabIndex: number; actions: CaseActions }) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`More for ${one.id}`}
          tabIndex={tabIndex}
          className="relative z-1 inline-flex size-[30px] items-center justify-center rounded-md text-text-2 hover:bg-surface-3 hover:text-text-1"
        >
          <EllipsisVertical size={15} aria-hidden />
        </button>
      }
    >
      <MenuItem icon={<Pencil size={14} aria-hidden />} onSelect={() => actions.edit(one)}>
        Edit
      </MenuItem>
      <MenuItem icon={<Copy size={14} aria-hidden />} onSelect={() => actions.duplicate(one)}>
        Duplicate
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => actions.remove(one)}>
        Delete
      </MenuItem>
    </Menu>
  )
}

/** Stands for the rows that cannot be seen. */
function Spacer({ height }: { height: number }) {
  return height > 0 ? (
    <tr style={{ height }}>
      <td colSpan={5} />
    </tr>
  ) : null
}
