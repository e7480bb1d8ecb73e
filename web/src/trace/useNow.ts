import type { RunState } from '@volley/shared/run/state.ts'
import { createContext, use, useEffect, useRef, useState } from 'react'

const FRAME_MS = 33
const CALM_FRAME_MS = 250

/** Within `true`, time stands still at a run's last event: for what is looked at, and compared, as it was at a moment. */
export const StillTime = createContext(false)

/**
 * Milliseconds since the run began, ticking while it goes on and standing still at its last event after its end. The clock is
 * set by the events: the one that arrived with the least delay tells where the run's time stands.
 */
export function useNow(run: RunState | null): number {
  const clock = useRef({ runId: '', offset: Number.NEGATIVE_INFINITY })
  const [now, setNow] = useState(0)
  const isStill = use(StillTime)
  const isLive = run !== null && run.summary === null && !isStill

  if (run && isLive) {
    if (clock.current.runId !== run.id) clock.current = { runId: run.id, offset: Number.NEGATIVE_INFINITY }
    clock.current.offset = Math.max(clock.current.offset, run.at - performance.now())
  }

  useEffect(() => {
    if (!isLive) return
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    let last = Number.NEGATIVE_INFINITY
    const tick = (time: number) => {
      if (time - last >= (calm ? CALM_FRAME_MS : FRAME_MS)) {
        last = time
        setNow(performance.now() + clock.current.offset)
      }
      frame = requestAnimationFrame(tick)
    }
    let frame = requestAnimationFrame(tick)
    return () => cancelAnimationFrame(frame)
  }, [isLive])

  if (!run) return 0
  return isLive ? Math.max(run.at, now) : run.at
}
