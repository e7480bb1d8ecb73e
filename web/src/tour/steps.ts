export interface Step {
  title: string
  words: string
  /** Where the real control may stand, the first that is seen counts: on a narrow page a panel may be behind its tab. */
  beside: readonly string[]
  side: 'top' | 'bottom' | 'left' | 'right'
  /** Of several that are seen, the lowest one: below it there is room. */
  isLowest?: true
}

/** The first minute, in four looks at the real page. */
export const STEPS: readonly Step[] = [
  {
    title: 'This is what the agent will be asked',
    words: 'Change the words or leave them. Name several things, and their calls go together.',
    beside: ['textarea[aria-label="Prompt"]'],
    side: 'right',
  },
  {
    title: 'Run sends it',
    words:
      'Every call starts at the first moment it may: at once where nothing holds it, else when what it waits for is there.',
    beside: ['[data-tour="run"]'],
    side: 'bottom',
  },
  {
    title: 'Each bar is one call',
    words:
      'Each dot on a tool is the same call, with its own state. The way that decided how long it took is orange; hover one to see it in all places.',
    beside: ['section[aria-label="Timeline"]', '[role="tab"][id*="timeline"]', '[data-tool]'],
    side: 'top',
  },
  {
    title: 'Now change something',
    words:
      'Draw from the dot at the right of one tool to the left of another: its calls wait. Or open a tool, change what it gives, and run again.',
    beside: ['[data-tool]', '[data-agent]'],
    side: 'bottom',
    isLowest: true,
  },
]

/** Where one stands after a run began: watching it, if the first looks were still on. Someone who never took it up goes on alone. */
export function stepAfterRunBegan(step: number, isTaken: boolean): number | null {
  if (!isTaken) return null
  return Math.max(step, WATCHING)
}

const WATCHING = 2
