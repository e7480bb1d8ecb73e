import type { CallState, RunState, TurnState } from '@volley/shared/run/state.ts'
import { onOneLine, short } from './print.ts'

const MARKS: Record<CallState['status'], string> = {
  waiting: '·',
  ready: '·',
  awaiting_approval: '?',
  running: '›',
  succeeded: '✓',
  failed: '✗',
  skipped: '–',
  cancelled: '–',
}
const ENDING = 14
const FEWEST_BAR = 10

export interface VolleyView {
  /** Milliseconds since the run began. */
  now: number
  columns: number
  /** Left out: as many as there are calls. */
  rows?: number
}

/**
 * A run as text: a line for each call, with a bar from its start to its end on one axis for all, dots where it waited before, and how it
 * stands. No line is wider than the screen, if that has 40 columns; where there are more than fit, the newest are shown.
 */
export function volleyLines(run: RunState, { now, columns, rows = Number.POSITIVE_INFINITY }: VolleyView): string[] {
  const label = Math.max(12, Math.floor(columns * 0.4))
  const bar = Math.max(FEWEST_BAR, columns - label - ENDING - 4)
  const head = fitted(`${run.flow.name}: ${run.provider} ${run.model}, ${run.parallelism}`, columns)
  const lines = run.turns.flatMap((turn) => [
    fitted(turnLine(turn), columns),
    ...turn.calls.map((number) => {
      const call = run.calls[number - 1] as CallState
      const what = `${MARKS[call.status]} ${call.call} ${call.tool} ${short(call.arguments ?? call.emittedArguments)}`
      return `  ${fitted(what, label)} ${barOf(call, now, bar)} ${fitted(endingOf(call, now), ENDING - 1)}`.trimEnd()
    }),
  ])
  const most = Math.max(1, rows - 3)
  const shown =
    lines.length > most ? [`… ${lines.length - most + 1} lines above`, ...lines.slice(lines.length - most + 1)] : lines
  return [head.trimEnd(), ...shown.map((line) => line.trimEnd())]
}

function turnLine({ turn, text, calls, stopReason }: TurnState): string {
  const said = text.trim() === '' ? '' : ` ${text}`
  const open = stopReason === null ? ' …' : ''
  return `turn ${turn}${calls.length > 0 ? `, ${calls.length} ${calls.length === 1 ? 'call' : 'calls'}` : ''}${said}${open}`
}

function barOf({ emittedAt, startedAt, finishedAt, status }: CallState, now: number, width: number): string {
  const at = (time: number) => Math.min(width, Math.round((time / Math.max(now, 1)) * width))
  const begin = Math.min(at(emittedAt), width - 1)
  const start = startedAt === null ? at(finishedAt ?? now) : Math.min(at(startedAt), width - 1)
  const end = startedAt === null ? start : Math.max(start + 1, at(finishedAt ?? now))
  const fill = status === 'failed' || status === 'cancelled' ? '▒' : '█'
  return `${' '.repeat(begin)}${'·'.repeat(Math.max(0, start - begin))}${fill.repeat(end - start)}`.padEnd(width)
}

function endingOf({ status, startedAt, finishedAt, outstanding, durationMs }: CallState, now: number): string {
  const tookMs = Math.round(durationMs ?? (startedAt === null ? 0 : (finishedAt ?? now) - startedAt))
  switch (status) {
    case 'waiting':
      return outstanding.length > 0 ? `after ${outstanding.join(', ')}` : 'waiting'
    case 'awaiting_approval':
      return 'approve?'
    case 'succeeded':
    case 'running':
      return `${tookMs} ms`
    default:
      return status
  }
}

/** Exactly this many columns, control characters left out; signs of East Asian scripts and emoji take two. */
function fitted(text: string, columns: number): string {
  let width = 0
  let out = ''
  for (const sign of onOneLine(text)) {
    const wide = WIDE.test(sign) ? 2 : 1
    if (width + wide > columns - 1) {
      out += '…'
      width++
      break
    }
    out += sign
    width += wide
  }
  return out + ' '.repeat(Math.max(0, columns - width))
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u
