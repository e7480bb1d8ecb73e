import type { LucideIcon } from 'lucide-react'
import { Ellipsis } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import type { Action } from '../actions/action.ts'
import { deleteSelected } from '../actions/deleteSelected.ts'
import { ActionItem } from '../menus/ActionItem.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuSeparator } from '../ui/Menu.tsx'

/** What is looked at, and what can be done with it. */
export function InspectorHead({
  icon: Icon,
  title,
  mono = true,
  actions = [],
}: {
  icon: LucideIcon
  title: ReactNode
  mono?: boolean
  actions?: readonly Action[]
}) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2.5 border-b border-line pr-2 pl-4">
      <span className="inline-flex size-[22px] shrink-0 items-center justify-center rounded-md bg-surface-3 text-text-2">
        <Icon size={13} aria-hidden />
      </span>
      <h2 className={`m-0 min-w-0 truncate text-[14px] font-semibold ${mono ? 'font-mono' : ''}`}>{title}</h2>
      {actions.length > 0 && (
        <span className="ml-auto">
          <Menu trigger={<IconButton label="More" icon={<Ellipsis size={15} />} />}>
            {actions.map((action) => (
              <Fragment key={action.name}>
                {action === deleteSelected && <MenuSeparator />}
                <ActionItem action={action} />
              </Fragment>
            ))}
          </Menu>
        </span>
      )}
    </header>
  )
}
