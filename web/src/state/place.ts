import { create } from 'zustand'
import { useSessionStore } from './sessionStore.ts'

// SESSION: a place in the inspector that someone is being led to: a problem's field, a tool's trial. Gone as soon as it is shown.

export interface Place {
  /** What to select; null for the flow itself. */
  key: string | null
  tab: string | null
  /** The field as its `data-field` names it; where there is none of that name, the nearest part around it. */
  field: string
}

interface PlaceStore {
  asked: Place | null
  ask(place: Place): void
  arrive(): void
}

export const usePlace = create<PlaceStore>((set) => ({
  asked: null,
  ask: (asked) => set({ asked }),
  arrive: () => set({ asked: null }),
}))

/** Selects a thing and leads to a tab and a field of it. */
export function goToPlace(place: Place): void {
  useSessionStore.getState().select(place.key === null ? [] : [place.key])
  usePlace.getState().ask(place)
}
