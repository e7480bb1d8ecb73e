import type { ConsoleLine } from '@volley/shared/run/events.ts'
import { MOST_CONSOLE_CHARACTERS } from './protocol.ts'

/** What a line costs beside its text, so that empty lines have an end too. */
const LINE_COST = 16

/** Keeps what the code prints up to a limit, and says where it was cut. */
export function createConsoleLines() {
  const lines: ConsoleLine[] = []
  let left = MOST_CONSOLE_CHARACTERS
  return {
    lines,
    print(level: string, text: string) {
      if (left <= 0) return
      const kept = text.slice(0, Math.max(0, left - LINE_COST))
      lines.push({ level: LEVELS.find((one) => one === level) ?? 'log', text: kept })
      left -= text.length + LINE_COST
      if (left <= 0) lines.push({ level: 'warn', text: 'More was printed than is kept: the rest is left out.' })
    },
  }
}

const LEVELS = ['log', 'info', 'warn', 'error'] as const
