const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const

/**
 * Loads something at the first sign that the page is used: later than what is seen at first, and before what it is for can be reached.
 */
export function whenUsed(load: () => Promise<unknown>): void {
  const begin = () => {
    for (const sign of SIGNS) removeEventListener(sign, begin, true)
    void load()
  }
  for (const sign of SIGNS) addEventListener(sign, begin, true)
}
