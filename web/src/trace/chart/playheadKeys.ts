import { type RunLog, stepFrom } from '@volley/shared/run/log.ts'

export interface Press {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** What a key does to the time one looks at: goes to another (null: the newest), or starts and stops playing. */
export type PlayheadMove = { do: 'seek'; at: number | null } | { do: 'play' }

/**
 * Arrows go a hundredth of the run, with Shift to the next change of a call or a turn; Page keys a tenth; Home to the beginning, End
 * and Escape to the newest; Space plays. Null for any other key.
 */
export function playheadMove(press: Press, time: number, log: RunLog): PlayheadMove | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  const seek = (at: number | null): PlayheadMove => ({ do: 'seek', at })
  const hop = (by: -1 | 1) =>
    seek(press.shiftKey ? (stepFrom(log, time, by) ?? (by === 1 ? null : 0)) : time + (by * log.run.at) / 100)
  switch (press.key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return hop(-1)
    case 'ArrowRight':
    case 'ArrowUp':
      return hop(1)
    case 'PageDown':
      return seek(time - log.run.at / 10)
    case 'PageUp':
      return seek(time + log.run.at / 10)
    case 'Home':
      return seek(0)
    case 'End':
    case 'Escape':
      return seek(null)
    case ' ':
      return { do: 'play' }
    default:
      return null
  }
}
