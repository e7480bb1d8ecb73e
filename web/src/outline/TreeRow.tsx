import { ChevronRight, Ellipsis } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { useSessionStore } from '../state/sessionStore.ts'
import { cx } from '../ui/cx.ts'
import { Menu } from '../ui/Menu.tsx'
import { rowOf, useOutline } from './outlineStore.ts'

type Item = Omit<ComponentProps<'div'>, 'children'> & { [data: `data-${string}`]: string | number | undefined }

/**
 * One row of the tree: what it says, what can be done with it, and after it the rows under it. What it says is its name for those who
 * listen; the rows stand side by side, so that a row's name is its own words alone.
 */
export function TreeRow({
  rowKey,
  of,
  level,
  find,
  isParent = false,
  isSelectable = true,
  menu,
  children,
  under,
  ...rest
}: {
  rowKey: string
  /** The row it stands under. */
  of?: string
  level: number
  /** What typing a letter finds it by. */
  find?: string
  isParent?: boolean
  isSelectable?: boolean
  menu?: ReactNode
  children: ReactNode
  /** The rows under it, drawn while it is open. */
  under?: ReactNode
} & Item) {
  const isActive = useOutline((store) => store.active === rowKey)
  const isOpen = useOutline((store) => isParent && store.expanded.has(rowKey))
  const isSelected = useSessionStore((store) => store.selection.includes(rowKey))
  const { expand, activate } = useOutline.getState()
  return (
    <>
      <div
        role="treeitem"
        tabIndex={isActive ? 0 : -1}
        data-row={rowKey}
        data-of={of}
        aria-level={level}
        data-find={find}
        aria-selected={isSelectable ? isSelected : undefined}
        aria-expanded={isParent ? isOpen : undefined}
        className="outline-item"
        {...rest}
      >
        <div className={cx('outline-row', isSelected && 'is-selected')} style={{ paddingLeft: (level - 1) * 26 + 8 }}>
          {/* The mouse's way to what Right and Left do: not a stop of the keyboard. */}
          <button
            type="button"
            tabIndex={-1}
            aria-hidden
            className={cx('outline-twist', !isParent && 'invisible', isOpen && 'rotate-90')}
            onClick={(event) => {
              event.stopPropagation()
              // A row under it may have been what Tab reaches: it is about to be gone.
              activate(rowKey)
              expand([rowKey], !isOpen)
            }}
          >
            <ChevronRight size={13} />
          </button>
          {children}
          {menu && <RowMenu rowKey={rowKey}>{menu}</RowMenu>}
        </div>
      </div>
      {isOpen && under}
    </>
  )
}

/** What can be done with a row. The menu itself is there only while it is open: a list may have hundreds of rows. */
function RowMenu({ rowKey, children }: { rowKey: string; children: ReactNode }) {
  const isOpen = useOutline((store) => store.menu === rowKey)
  const showMenu = useOutline((store) => store.showMenu)
  const button = (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden
      title="More"
      className="outline-more"
      onClick={(event) => {
        event.stopPropagation()
        showMenu(rowKey)
      }}
    >
      <Ellipsis size={14} aria-hidden />
    </button>
  )
  if (!isOpen) return button
  return (
    <Menu
      trigger={button}
      open
      onOpenChange={(open) => !open && showMenu(null)}
      returnFocus={() => rowOf(rowKey)?.focus()}
    >
      {children}
    </Menu>
  )
}
