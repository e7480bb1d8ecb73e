import { useEffect } from 'react'
import type { UseRunStore } from '../state/runStore.ts'

/** While a run plays, lets its time pass at the chosen rate, once per animation frame. Stands once for each place that shows a run. */
export function usePlayback(useStore: UseRunStore): void {
  const isPlaying = useStore((store) => store.isPlaying)
  useEffect(() => {
    if (!isPlaying) return
    let before: number | null = null
    const tick = (time: number) => {
      const { at, rate, seek } = useStore.getState()
      if (before !== null && at !== null) seek(at + (time - before) * rate)
      before = time
      frame = requestAnimationFrame(tick)
    }
    let frame = requestAnimationFrame(tick)
    return () => cancelAnimationFrame(frame)
  }, [isPlaying, useStore])
}
