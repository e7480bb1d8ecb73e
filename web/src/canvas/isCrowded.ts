import type { RunState } from '@volley/shared/run/state.ts'

/** From so many calls at once on, motion says nothing more, and costs every frame. */
const CROWD = 40

/** Whether so much runs at once that states are told by form and colour alone. */
export function isCrowded(run: RunState | null): boolean {
  let running = 0
  for (const call of run?.calls ?? []) if (call.status === 'running' && ++running > CROWD) return true
  return false
}
