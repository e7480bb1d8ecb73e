/** How long the calls of each tool of one flow took, so that the longest way can be told when places are few. */
export interface Durations {
  seen(tool: string, ms: number): void
  expectedMs(tool: string): number
}

/** A moving average per tool; a tool never seen counts as the average of the others, so that depth decides. */
export function createDurations(): Durations {
  const averages = new Map<string, number>()
  const usual = () =>
    averages.size === 0 ? 1 : [...averages.values()].reduce((sum, ms) => sum + ms, 0) / averages.size
  return {
    seen: (tool, ms) => {
      const before = averages.get(tool)
      averages.set(tool, before === undefined ? ms : before * 0.7 + ms * 0.3)
    },
    expectedMs: (tool) => averages.get(tool) ?? usual(),
  }
}
