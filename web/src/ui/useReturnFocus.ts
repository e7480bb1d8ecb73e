import { useRef } from 'react'

/**
 * Gives the focus back to what had it before a dialog or a sheet took it. Those that are opened by state alone have no trigger that
 * would get it by itself. Whoever took the focus meanwhile keeps it.
 */
export function useReturnFocus() {
  const before = useRef<Element | null>(null)
  return {
    /** Call it when the dialog is about to take the focus. */
    remember: () => {
      before.current = document.activeElement
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault()
      const isTaken = document.activeElement !== document.body && document.activeElement !== null
      if (!isTaken && before.current instanceof HTMLElement) before.current.focus()
    },
  }
}
