import { type RefObject, useEffect, useRef } from 'react'
import { useChartStore } from '../../state/chartStore.ts'
import { END_PX, LABEL_PX } from './measures.ts'
import { panned, type View, zoomed } from './view.ts'

/** How far one turn of the wheel zooms: so many times as long for a pixel of it. */
const WHEEL_ZOOM = 1.0025

/**
 * Changes the part of a run that is shown. In `box` the wheel with Ctrl or ⌘ zooms at the pointer, with Shift, or sideways, it moves along
 * the axis.
 */
export function useZoom(box: RefObject<HTMLElement | null>, view: View | null, wholeMs: number) {
  const { setView } = useChartStore.getState()
  const shown = view ?? { from: 0, to: wholeMs }
  const latest = useRef({ shown, view, wholeMs })
  latest.current = { shown, view, wholeMs }

  useEffect(() => {
    const element = box.current
    if (!element) return
    const onWheel = (event: WheelEvent) => {
      const { shown, view, wholeMs } = latest.current
      const { left, width } = element.getBoundingClientRect()
      const axisPx = Math.max(1, width - LABEL_PX - END_PX)
      const length = shown.to - shown.from
      const isZoom = event.ctrlKey || event.metaKey
      const sidewaysPx = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX
      if (isZoom) {
        const share = Math.max(0, Math.min(1, (event.clientX - left - LABEL_PX) / axisPx))
        setView(zoomed(shown, WHEEL_ZOOM ** event.deltaY, shown.from + share * length, wholeMs))
      } else if (view && Math.abs(sidewaysPx) > Math.abs(event.shiftKey ? 0 : event.deltaY))
        setView(panned(view, (sidewaysPx / axisPx) * length, wholeMs))
      else return
      event.preventDefault()
    }
    // React listens passively, so that the page's own zoom could not be kept from happening.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [box, setView])

  return {
    /** Makes the part shown so many times as long, around a time; null shows the whole. */
    zoomBy(factor: number | null, at = (shown.from + shown.to) / 2) {
      setView(factor === null ? null : zoomed(shown, factor, at, wholeMs))
    },
    /** Moves by a part of what is shown. */
    panBy(share: number) {
      if (view) setView(panned(view, share * (view.to - view.from), wholeMs))
    },
  }
}
