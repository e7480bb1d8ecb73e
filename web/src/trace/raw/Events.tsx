import type { RunEvent } from '@volley/shared/run/events.ts'
import type { RunLog } from '@volley/shared/run/log.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { Copy, Download } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { NOTHING_LIT, useSessionStore } from '../../state/sessionStore.ts'
import { Button } from '../../ui/Button.tsx'
import { copyText } from '../../ui/copyText.ts'
import { download } from '../../ui/download.ts'
import { TextInput } from '../../ui/TextInput.tsx'
import { useRows } from '../../ui/useRows.ts'
import { counted, oneLine } from '../format.ts'
import { JsonBlock } from '../JsonBlock.tsx'
import { detailOf, eventLines, eventsOf, filterEvents } from './eventLines.ts'

const ROW = 26

/** Every event of a run, in order, to be searched, looked into, and taken along as JSON lines. */
export function Events({ run, log }: { run: RunState; log: RunLog }) {
  const [words, setWords] = useState('')
  const [open, setOpen] = useState<RunEvent | null>(null)
  const all = useMemo(() => eventsOf(log), [log])
  const events = useMemo(() => filterEvents(all, words), [all, words])
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-3 py-1.5 text-xs">
        <TextInput
          type="search"
          aria-label="Search the events"
          placeholder="Search: call.failed, or any words"
          className="w-64! min-w-32 flex-[0_1_256px]"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <span role="status" className="text-text-2">
          {words.trim() === '' ? counted(all.length, 'event') : `${events.length} of ${counted(all.length, 'event')}`}
        </span>
        <Button
          size="sm"
          variant="ghost"
          className="ml-auto"
          icon={<Copy size={13} aria-hidden />}
          onClick={() => void copyText(eventLines(events), 'The log')}
        >
          Copy
        </Button>
        <Button
          size="sm"
          variant="ghost"
          icon={<Download size={13} aria-hidden />}
          onClick={() => download(`${run.id}.events.jsonl`, eventLines(events), 'application/jsonl')}
        >
          Download
        </Button>
      </div>
      {events.length === 0 ? (
        <p className="m-0 p-4 text-xs text-text-2">No event is like that.</p>
      ) : (
        <EventRows events={events} open={open} onOpen={setOpen} />
      )}
      {open && (
        <div className="flex max-h-1/2 shrink-0 flex-col gap-1 overflow-y-auto border-t border-line-strong p-2.5">
          <div className="flex items-center gap-2 text-xs">
            <h3 className="m-0 font-mono text-xs font-medium">
              {open.seq} {open.type}
            </h3>
            <Button size="sm" variant="ghost" className="ml-auto" onClick={() => setOpen(null)}>
              Close
            </Button>
          </div>
          <JsonBlock value={open} label={`Event ${open.seq}`} />
        </div>
      )}
    </div>
  )
}

function EventRows({
  events,
  open,
  onOpen,
}: {
  events: readonly RunEvent[]
  open: RunEvent | null
  onOpen(event: RunEvent): void
}) {
  const box = useRef<HTMLDivElement>(null)
  const { first, end, before, after, stop, onKeyDown } = useRows(box, events.length, ROW)
  const light = useSessionStore((session) => session.light)
  return (
    <div ref={box} className="min-h-0 flex-1 overflow-y-auto">
      <ol className="m-0 list-none p-0 text-xs" onKeyDown={onKeyDown}>
        <li aria-hidden style={{ height: before }} />
        {events.slice(first, end).map((event, offset) => (
          <li key={event.seq} aria-setsize={events.length} aria-posinset={first + offset + 1}>
            <button
              type="button"
              aria-pressed={open?.seq === event.seq}
              className="flex h-[26px] w-full items-center gap-3 px-3.5 text-left font-mono hover:bg-surface-2 focus-visible:outline-offset-[-2px] aria-pressed:bg-surface-3"
              {...stop(first + offset)}
              onPointerEnter={() => light(callsOf(event))}
              onPointerLeave={() => light(NOTHING_LIT)}
              onClick={() => onOpen(event)}
            >
              <span className="w-10 shrink-0 text-right text-text-2 tabular-nums">{event.seq}</span>
              <span className="w-16 shrink-0 text-right text-text-2 tabular-nums">{(event.at / 1000).toFixed(3)}</span>
              <span className="w-40 shrink-0 truncate text-text-1">{event.type}</span>
              <span className="min-w-0 truncate text-text-2">{oneLine(detailOf(event), 240)}</span>
            </button>
          </li>
        ))}
        <li aria-hidden style={{ height: after }} />
      </ol>
    </div>
  )
}

const callsOf = (event: RunEvent): readonly number[] => ('call' in event ? [event.call] : NOTHING_LIT)
