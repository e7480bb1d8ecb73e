import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'

/** A long list of rows of one height, of which those in sight stand in the page, with one row that has the focus. */
export interface Rows {
  /** The rows to draw: from the first to before `end`. */
  first: number
  end: number
  /** Pixels that the rows before and after them take. */
  before: number
  after: number
  /** What the focusable part of a row needs: one stop for Tab, arrows between the rows. */
  stop(index: number): { tabIndex: 0 | -1; 'data-row-stop': number; onFocus(): void }
  /** For the keys of the whole list. */
  onKeyDown(event: KeyboardEvent): void
}

/** `box` is what scrolls. A row is `height` pixels high. */
export function useRows(box: RefObject<HTMLElement | null>, count: number, height: number): Rows {
  const [active, setActive] = useState(0)
  const wanted = useRef<number | null>(null)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 8,
  })
  const shown = virtual.getVirtualItems()
  const first = shown[0]?.index ?? 0
  const end = (shown.at(-1)?.index ?? -1) + 1

  // A row that was out of sight stands in the page only after the list has scrolled there.
  useEffect(() => {
    if (wanted.current === null) return
    const row = box.current?.querySelector<HTMLElement>(`[data-row-stop="${wanted.current}"]`)
    if (!row) return
    wanted.current = null
    row.focus({ preventScroll: true })
  })

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(count - 1, index))
    wanted.current = next
    setActive(next)
    virtual.scrollToIndex(next, { align: 'auto' })
  }
  return {
    first,
    end,
    before: shown[0]?.start ?? 0,
    after: virtual.getTotalSize() - (shown.at(-1)?.end ?? 0),
    stop: (index) => ({
      // Where the active row is not in the page, the first one that is takes the focus.
      tabIndex: index === active || (index === first && (active < first || active >= end)) ? 0 : -1,
      'data-row-stop': index,
      onFocus: () => setActive(index),
    }),
    onKeyDown: (event) => {
      const stop = (event.target as Element).closest<HTMLElement>('[data-row-stop]')
      if (!stop || event.ctrlKey || event.metaKey || event.altKey) return
      const at = Number(stop.dataset.rowStop)
      const moves: Record<string, number> = {
        ArrowDown: at + 1,
        ArrowUp: at - 1,
        PageDown: at + 10,
        PageUp: at - 10,
        Home: 0,
        End: count - 1,
      }
      if (!(event.key in moves)) return
      event.preventDefault()
      event.stopPropagation()
      moveTo(moves[event.key] as number)
    },
  }
}
