import type { DataSetEntry } from '@volley/shared/evals/api.ts'
import { Link } from 'wouter'
import { paths } from '../../routes.ts'
import { ago, count, counted } from '../../trace/format.ts'
import { DataSetMenu } from './DataSetMenu.tsx'
import type { DataSetActions } from './useDataSetActions.tsx'

/** Data sets, one a line: the whole line opens it, the menu holds the rest. */
export function DataSetList({ dataSets, actions }: { dataSets: readonly DataSetEntry[]; actions: DataSetActions }) {
  const now = Date.now()
  return (
    <ul
      aria-label="Data sets"
      className="m-0 list-none overflow-hidden rounded-[11px] border border-line bg-surface-1 p-0"
    >
      {dataSets.map((dataSet) => (
        <li
          key={dataSet.id}
          data-data-set={dataSet.id}
          className="relative flex min-h-[60px] items-center gap-3.5 border-line py-1.5 pr-2.5 pl-4 not-last:border-b hover:bg-surface-2"
        >
          <span className="min-w-0 flex-1">
            <Link
              href={paths.dataSet(dataSet.id)}
              className="block truncate rounded-sm text-sm font-medium text-text-1 no-underline after:absolute after:inset-0"
            >
              {dataSet.name}
            </Link>
            {dataSet.description && <span className="block truncate text-xs text-text-2">{dataSet.description}</span>}
          </span>
          <span className="w-24 shrink-0 text-right text-xs text-text-2">
            {dataSet.size === 1 ? counted(1, 'case') : `${count(dataSet.size)} cases`}
          </span>
          <span
            className="w-24 shrink-0 text-right text-xs text-text-3 max-[560px]:hidden"
            title={new Date(dataSet.updatedAt).toLocaleString('en-GB')}
          >
            {ago(dataSet.updatedAt, now)}
          </span>
          <DataSetMenu dataSet={dataSet} actions={actions} />
        </li>
      ))}
    </ul>
  )
}
