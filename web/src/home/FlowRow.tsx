import type { SavedFlow } from '@volley/shared/api.ts'
import { Copy, EllipsisVertical, Trash2 } from 'lucide-react'
import { Link } from 'wouter'
import { paths } from '../routes.ts'
import { ago, counted } from '../trace/format.ts'
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx'
import { FlowPicture } from './FlowPicture.tsx'

/** A saved flow in the list: the whole line opens it, the menu holds the rest. */
export function FlowRow({
  saved,
  now,
  onDuplicate,
  onDelete,
}: {
  saved: SavedFlow
  now: number
  onDuplicate: () => void
  onDelete: () => void
}) {
  const { flow } = saved
  return (
    <li className="relative flex min-h-[60px] items-center gap-3.5 border-line py-1.5 pr-2.5 pl-3 not-last:border-b hover:bg-surface-2">
      <span className="block w-[100px] shrink-0 rounded-md border border-line bg-canvas px-1 py-0.5 max-[560px]:hidden">
        <FlowPicture flow={flow} />
      </span>
      <span className="min-w-0 flex-1">
        <Link
          href={paths.flow(saved.id)}
          data-flow={saved.id}
          className="block truncate rounded-sm text-sm font-medium text-text-1 no-underline after:absolute after:inset-0"
        >
          {flow.name}
        </Link>
        {flow.description && <span className="block truncate text-xs text-text-2">{flow.description}</span>}
      </span>
      <span className="w-20 shrink-0 text-right text-xs text-text-2 max-[560px]:hidden">
        {counted(flow.tools?.length ?? 0, 'tool')}
      </span>
      <span className="w-10 shrink-0 text-right font-mono text-xs text-text-2 max-[560px]:hidden">
        v{saved.version}
      </span>
      <span className="w-24 shrink-0 text-right text-xs text-text-3">{ago(saved.updatedAt, now)}</span>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={`More for ${flow.name}`}
            className="z-10 inline-flex size-[30px] shrink-0 items-center justify-center rounded-md text-text-2 hover:bg-surface-3 hover:text-text-1"
          >
            <EllipsisVertical size={15} aria-hidden />
          </button>
        }
      >
        <MenuItem icon={<Copy size={14} aria-hidden />} onSelect={onDuplicate}>
          Duplicate
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={onDelete}>
          Delete
        </MenuItem>
      </Menu>
    </li>
  )
}
