/** A stretch of time, in milliseconds since the run began. `to` is null while it goes on. */
export interface Span {
  from: number
  to: number | null
}

/** Where a span ends on an axis that has come to `now`. */
export function endOf(span: Span, now: number): number {
  return span.to ?? Math.max(span.from, now)
}
