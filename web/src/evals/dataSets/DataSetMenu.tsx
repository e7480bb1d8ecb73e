import type { DataSetEntry } from '@volley/shared/evals/api.ts'
import { Copy, Download, EllipsisVertical, Pencil, Trash2 } from 'lucide-react'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import type { DataSetActions } from './useDataSetActions.tsx'

/** What can be done with a data set, in a menu. */
export function DataSetMenu({ dataSet, actions }: { dataSet: DataSetEntry; actions: DataSetActions }) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`More for ${dataSet.name}`}
          className="z-10 inline-flex size-[30px] shrink-0 items-center justify-center rounded-md text-text-2 hover:bg-surface-3 hover:text-text-1"
        >
          <EllipsisVertical size={15} aria-hidden />
        </button>
      }
    >
      <MenuItem icon={<Pencil size={14} aria-hidden />} onSelect={() => actions.rename(dataSet)}>
        Rename and describe
      </MenuItem>
      <MenuItem icon={<Copy size={14} aria-hidden />} onSelect={() => actions.copy(dataSet)}>
        Copy
      </MenuItem>
      <MenuItem
        icon={<Download size={14} aria-hidden />}
        disabled={dataSet.size === 0}
        onSelect={() => actions.exportLines(dataSet)}
      >
        Export as JSON lines
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => actions.remove(dataSet)}>
        Delete
      </MenuItem>
    </Menu>
  )
}
