import type { RunState } from '@volley/shared/run/state.ts'
import type { Prediction } from '@volley/shared/trace/predict.ts'
import { labelOf } from '@volley/shared/trace/spans.ts'
import type { Played } from '@volley/shared/trace/whatIf.ts'
import { useMemo, useRef } from 'react'
import { NOTHING_LIT, useSessionStore } from '../../state/sessionStore.ts'
import { type Axis, axisFor, percent, placeOn, ticksFor } from '../chart/axis.ts'
import { duration } from '../format.ts'
import { useWindow } from '../useWindow.ts'
import './whatIf.css'

const ROW = 30
const AXIS = 24
const LABEL = 176
const END = 44

interface Stretch {
  from: number
  to: number
}

/** Two bars in a line: what was, and what would have been. */
interface Line {
  key: string
  call: number | null
  name: string
  more: string
  was: Stretch[]
  /** From when it could begin until it does. */
  inLine: Stretch | null
  would: Stretch[]
  /** What is said where there is no bar. */
  words: string
}

/** The run as it was and as it would have been, on one axis: the model's time in one line, and a line for each call. */
export function WhatIfChart({ run, played, asItWas }: { run: RunState; played: Played; asItWas: Prediction }) {
  const box = useRef<HTMLDivElement>(null)
  const lit = useSessionStore((session) => session.lit)
  const light = useSessionStore((session) => session.light)
  const lines = useMemo(() => linesOf(run, played), [run, played])
  const { first, end, width } = useWindow(box, lines.length, ROW)
  const was = run.summary?.elapsedMs ?? run.at
  const axis = axisFor(Math.max(was, played.elapsedMs, asItWas.elapsedMs), false, ticksFor(width - LABEL - END))
  return (
    <section
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
      aria-label="As it was, and as it would have been"
      className="relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto outline-offset-[-2px]!"
    >
      <div className="sticky top-0 z-10 border-b border-line bg-surface-1" style={{ height: AXIS, paddingLeft: LABEL }}>
        <div className="relative h-full" style={{ marginRight: END }}>
          {axis.ticks.map((tick) => (
            <span
              key={tick.at}
              className="absolute top-1 -translate-x-1/2 font-mono text-[10.5px] text-text-3 first:translate-x-0"
              style={{ left: `${percent(tick.at, axis)}%` }}
            >
              {tick.label}
            </span>
          ))}
        </div>
      </div>
      <ol className="relative m-0 list-none p-0" style={{ height: lines.length * ROW }}>
        {lines.slice(first, end).map((line, offset) => (
          <li
            key={line.key}
            data-what-if-call={line.call ?? undefined}
            data-lit={(line.call !== null && lit.includes(line.call)) || undefined}
            className="absolute inset-x-0 flex items-center hover:bg-surface-2 data-lit:bg-surface-2"
            style={{ height: ROW, transform: `translateY(${(first + offset) * ROW}px)` }}
            onMouseEnter={() => light(line.call === null ? NOTHING_LIT : [line.call])}
            onMouseLeave={() => light(NOTHING_LIT)}
          >
            <span className="flex shrink-0 items-baseline gap-1.5 pl-3 font-mono text-xs" style={{ width: LABEL }}>
              <span className="max-w-[130px] shrink-0 truncate text-text-1">{line.name}</span>
              <span className="min-w-0 truncate pr-1 text-[11px] text-text-3">{line.more}</span>
            </span>
            <span className="sr-only">{wordsOf(line)}</span>
            <div aria-hidden="true" className="relative h-full min-w-0 flex-1" style={{ marginRight: END }}>
              {line.was.map((one) => (
                <Bar key={one.from} stretch={one} axis={axis} className="what-if-was" model={line.call === null} />
              ))}
              {line.inLine && <Bar stretch={line.inLine} axis={axis} className="what-if-line" />}
              {line.would.map((one) => (
                <Bar key={one.from} stretch={one} axis={axis} className="what-if-would" model={line.call === null} />
              ))}
              {line.words && (
                <span className="absolute bottom-0.5 left-1 text-[10.5px] leading-3 text-text-3">{line.words}</span>
              )}
            </div>
          </li>
        ))}
      </ol>
      <div
        aria-hidden="true"
        className="pointer-events-none absolute top-0"
        style={{ left: LABEL, right: END, height: AXIS + lines.length * ROW }}
      >
        <span className="what-if-end" style={{ left: `${percent(was, axis)}%` }} />
        <span className="what-if-end" data-predicted style={{ left: `${percent(played.elapsedMs, axis)}%` }} />
      </div>
    </section>
  )
}

function Bar({
  stretch: { from, to },
  axis,
  className,
  model = false,
}: {
  stretch: Stretch
  axis: Axis
  className: string
  model?: boolean
}) {
  const place = placeOn(axis, from, to)
  return (
    place && (
      <span
        className={className}
        data-model={model || undefined}
        title={`${duration(to - from)}, from ${duration(from)}`}
        style={{ left: `${place.left}%`, width: `${place.width}%` }}
      />
    )
  )
}

function linesOf(run: RunState, played: Played): Line[] {
  const model: Line = {
    key: 'model',
    call: null,
    name: 'model',
    more: '',
    was: run.turns.map((turn) => ({ from: turn.startedAt, to: turn.messageFinishedAt ?? turn.finishedAt ?? run.at })),
    inLine: null,
    would: played.turns.map((turn) => ({ from: turn.startMs, to: turn.messageEndMs })),
    words: '',
  }
  const calls = run.calls.map((call): Line => {
    const times = played.calls.get(call.call)
    const { readyMs = null, startMs = null, endMs = 0 } = times ?? {}
    return {
      key: `#${call.call}`,
      call: call.call,
      name: `#${call.call} ${call.tool}`,
      more: labelOf(call, run),
      was: call.startedAt === null ? [] : [{ from: call.startedAt, to: call.finishedAt ?? run.at }],
      inLine: readyMs !== null && startMs !== null && startMs > readyMs ? { from: readyMs, to: startMs } : null,
      would: startMs === null ? [] : [{ from: startMs, to: endMs }],
      words: !times
        ? 'not asked for'
        : startMs === null
          ? times.skippedBy === null
            ? 'does not start'
            : `skipped for #${times.skippedBy}`
          : '',
    }
  })
  return [model, ...calls]
}

/** The line in words: for those who listen. */
function wordsOf({ was, would, words }: Line): string {
  const total = (stretches: readonly Stretch[]) =>
    stretches.length === 0
      ? 'none'
      : `from ${duration(stretches[0]?.from ?? 0)} to ${duration(stretches.at(-1)?.to ?? 0)}`
  return `, was ${total(was)}, predicted ${words || total(would)}`
}
