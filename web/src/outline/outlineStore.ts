import { create } from 'zustand'

// SESSION: where one is in the list, by the keys of its rows.

interface OutlineStore {
  /** The row that Tab reaches. */
  active: string | null
  expanded: ReadonlySet<string>
  /** The tool whose name, or the note whose text, is being written. */
  editing: string | null
  menu: string | null
  /** The tool whose dependencies are being chosen. */
  connecting: string | null
  activate(active: string | null): void
  expand(keys: readonly string[], isOpen: boolean): void
  edit(editing: string | null): void
  showMenu(menu: string | null): void
  chooseDependencies(tool: string | null): void
}

export const useOutline = create<OutlineStore>((set) => ({
  active: null,
  expanded: new Set(),
  editing: null,
  menu: null,
  connecting: null,
  activate: (active) => set({ active }),
  expand: (keys, isOpen) =>
    set(({ expanded }) => {
      const next = new Set(expanded)
      for (const key of keys)
        if (isOpen) next.add(key)
        else next.delete(key)
      return { expanded: next }
    }),
  edit: (editing) => set({ editing }),
  showMenu: (menu) => set({ menu }),
  chooseDependencies: (connecting) => set({ connecting }),
}))

/** The row of a key, once it is drawn. */
export const rowOf = (key: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[role="treeitem"][data-row="${CSS.escape(key)}"]`)

/** Takes the keyboard to a row after what was just changed is drawn; not out of a field that someone has begun to write in meanwhile. */
export function focusRow(key: string): void {
  const { editing, activate } = useOutline.getState()
  activate(key)
  const focus = () => {
    const now = useOutline.getState().editing
    if (now === null || now === editing) rowOf(key)?.focus()
  }
  requestAnimationFrame(() => requestAnimationFrame(focus))
}
