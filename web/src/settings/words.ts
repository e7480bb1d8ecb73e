/** The day of a moment as people write it: `3 Nov 2026`. */
export const dayOf = (iso: string): string =>
  new Date(iso).toLocaleDateString('en', { day: 'numeric', month: 'short', year: 'numeric' })

/** A moment to the second, in this browser's time: `3 Nov, 14:05:09`. */
export const momentOf = (iso: string): string =>
  new Date(iso).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
