import { create } from 'zustand'

const SEEN = 'volley.tour'

interface TourStore {
  /** The step shown, or null when none is. */
  step: number | null
  /** Whether a person took it up: until then it goes away by itself as soon as they find their own way. */
  isTaken: boolean
  show(step: number | null, isTaken?: boolean): void
}

/** The first steps: a few words beside the real controls. */
export const useTour = create<TourStore>((set) => ({
  step: null,
  isTaken: false,
  show: (step, isTaken = true) => set({ step, isTaken: step !== null && isTaken }),
}))

/** Shows the first step to whoever has not seen it in this browser. */
export function offerTour(): void {
  if (!wasSeen()) useTour.getState().show(0, false)
}

export const startTour = () => useTour.getState().show(0)

/** Ends it; in this browser it comes back only when it is asked for. */
export function endTour(): void {
  useTour.getState().show(null)
  try {
    localStorage.setItem(SEEN, 'seen')
  } catch {
    // A browser that keeps nothing is shown the first step again.
  }
}

function wasSeen(): boolean {
  try {
    return localStorage.getItem(SEEN) !== null
  } catch {
    return true
  }
}
