/** The part of a run's time that is drawn, in milliseconds. */
export interface View {
  from: number
  to: number
}

/** No view is shorter. */
const SHORTEST_MS = 4

/** The view made `factor` times as long, `at` staying where it is on the screen; null once it holds the whole. */
export function zoomed(view: View, factor: number, at: number, wholeMs: number): View | null {
  const length = Math.max(SHORTEST_MS, (view.to - view.from) * factor)
  const share = (at - view.from) / (view.to - view.from)
  return within({ from: at - share * length, to: at + (1 - share) * length }, wholeMs)
}

/** The view moved, as far as there is time on that side. */
export function panned(view: View, byMs: number, wholeMs: number): View | null {
  return within({ from: view.from + byMs, to: view.to + byMs }, wholeMs)
}

/** The view moved as little as needed to show a stretch of time, its beginning first. */
export function showing(view: View, from: number, to: number, wholeMs: number): View | null {
  const length = view.to - view.from
  const margin = length * 0.05
  if (from >= view.from && from < view.to - margin) return view
  const start = from < view.from ? from - margin : Math.min(from - margin, to + margin - length)
  return within({ from: start, to: start + length }, wholeMs)
}

/** The stretch between two times, whichever comes first. */
export function between(one: number, other: number, wholeMs: number): View | null {
  const [from, to] = [Math.min(one, other), Math.max(one, other)]
  return within({ from, to: Math.max(to, from + SHORTEST_MS) }, wholeMs)
}

/** Kept between 0 and the end, its length kept where that goes; null where it holds all. */
function within({ from, to }: View, wholeMs: number): View | null {
  const length = to - from
  if (length >= wholeMs * 0.999) return null
  const start = Math.max(0, Math.min(from, wholeMs - length))
  return { from: start, to: start + length }
}
