import { type RefObject, useEffect, useState } from 'react'

const OVERSCAN = 6

export interface RowWindow {
  first: number
  /** One past the last. */
  end: number
  /** The width of what scrolls, in pixels; 0 before it was measured. */
  width: number
}

/** Which of `count` rows of one height can be seen in a box that scrolls, and a few beside them. */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, rowHeight: number): RowWindow {
  const [seen, setSeen] = useState({ top: 0, height: 600, width: 0 })

  useEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () =>
      setSeen((before) => {
        const now = { top: element.scrollTop, height: element.clientHeight, width: element.clientWidth }
        return before.top === now.top && before.height === now.height && before.width === now.width ? before : now
      })
    measure()
    const resized = new ResizeObserver(measure)
    resized.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [box])

  const first = Math.max(0, Math.floor(seen.top / rowHeight) - OVERSCAN)
  const end = Math.min(count, Math.ceil((seen.top + seen.height) / rowHeight) + OVERSCAN)
  return { first: Math.min(first, end), end, width: seen.width }
}
