import { whyNot } from '@volley/shared/evals/whyNot.ts'
import type { PlayedCase } from '../evals/playCases.ts'
import { dollars, onOneLine } from './print.ts'
import type { Terminal } from './terminal.ts'

const BAR = 24

/** How an eval goes: a bar with what passed, what it cost and the time left on a screen, else a line for each run that ended. */
export function createEvalProgress(terminal: Terminal, total: number) {
  const startedAt = performance.now()
  let done = 0
  let passed = 0
  let usd: number | null = 0
  let isClosed = false

  const paint = () => {
    const columns = terminal.screen()?.columns ?? 80
    const full = Math.round((done / total) * BAR)
    const leftMs = done === 0 ? null : ((performance.now() - startedAt) / done) * (total - done)
    const parts = [
      `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${done}/${total}`,
      `${passed} passed`,
      ...(usd ? [dollars(usd)] : []),
      ...(leftMs === null || done === total ? [] : [`about ${timeLeft(leftMs)} left`]),
    ]
    terminal.err(`\r\u001b[2K${parts.join(', ').slice(0, columns - 1)}`)
  }
  if (terminal.screen()) paint()
  return {
    see(played: PlayedCase) {
      done++
      if (played.score.passed) passed++
      const cost = played.run?.costUsd ?? null
      usd = usd === null || cost === null ? null : usd + cost
      if (terminal.screen()) paint()
      else terminal.err(`${done}/${total} ${onOneLine(`${played.caseId}: ${whyNot(played)}`)}\n`)
    },
    close() {
      if (!isClosed && terminal.screen()) terminal.err('\n')
      isClosed = true
    },
  }
}

function timeLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
