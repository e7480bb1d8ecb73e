export interface TreePress {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** What a key asks of a tree and of the row that has the focus. */
export type TreeIntent =
  | { do: 'go'; to: 'next' | 'previous' | 'first' | 'last'; extend: boolean }
  | { do: 'open' | 'close' | 'properties' | 'select' | 'unselect' | 'rename' | 'delete' | 'menu' }
  | { do: 'shift'; by: -1 | 1 }
  | { do: 'find'; letter: string }

/** The keys of a tree as people who listen know them, and those of the editor that mean the focused row. Null for any other. */
export function treeIntent(press: TreePress): TreeIntent | null {
  const { key, shiftKey: extend } = press
  if (press.ctrlKey || press.metaKey) return null
  if (press.altKey) {
    if (key === 'ArrowUp') return { do: 'shift', by: -1 }
    return key === 'ArrowDown' ? { do: 'shift', by: 1 } : null
  }
  if (key === 'F10') return extend ? { do: 'menu' } : null
  if (/^[a-z0-9]$/i.test(key) && !extend) return { do: 'find', letter: key.toLowerCase() }
  switch (key) {
    case 'ArrowDown':
      return { do: 'go', to: 'next', extend }
    case 'ArrowUp':
      return { do: 'go', to: 'previous', extend }
    case 'Home':
      return { do: 'go', to: 'first', extend }
    case 'End':
      return { do: 'go', to: 'last', extend }
    default: {
      const meant = SIMPLE[key]
      return meant ? { do: meant } : null
    }
  }
}

const SIMPLE: Record<string, 'open' | 'close' | 'properties' | 'select' | 'unselect' | 'rename' | 'delete' | 'menu'> = {
  ArrowRight: 'open',
  ArrowLeft: 'close',
  Enter: 'properties',
  ' ': 'select',
  Escape: 'unselect',
  F2: 'rename',
  Delete: 'delete',
  Backspace: 'delete',
  ContextMenu: 'menu',
}
