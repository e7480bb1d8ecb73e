import { useVirtualizer } from '@tanstack/react-virtual'
import type { RunState } from '@volley/shared/run/state.ts'
import { type KeyboardEvent, useMemo, useRef } from 'react'
import { getMessages } from '../../api/client.ts'
import { useRunAnswer } from '../useRunAnswer.ts'
import { WhenLoaded } from '../WhenLoaded.tsx'
import { Message } from './Message.tsx'
import { messageItems } from './messageItems.ts'

/** The conversation of a run as its model was shown it; what a turn that goes on adds comes when it has ended. */
export function MessagesView({ run, onChoose }: { run: RunState; onChoose(call: number): void }) {
  const ended = run.turns.filter((turn) => turn.finishedAt !== null).length
  const answer = useRunAnswer(run.id, ended, (signal) => getMessages(run.id, signal))
  return (
    <WhenLoaded what="The messages" {...answer}>
      {(conversation) => <Conversation {...{ conversation, onChoose }} isLive={run.summary === null} />}
    </WhenLoaded>
  )
}

/** Of a call or a result of one line, in pixels. */
const USUAL_HEIGHT = 74

function Conversation({
  conversation,
  isLive,
  onChoose,
}: {
  conversation: Parameters<typeof messageItems>[0]
  isLive: boolean
  onChoose(call: number): void
}) {
  const box = useRef<HTMLElement>(null)
  const items = useMemo(() => messageItems(conversation), [conversation])
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => USUAL_HEIGHT,
    overscan: 6,
  })
  // How high what is out of sight will be is a guess: the ends are gone to by number.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || (event.key !== 'Home' && event.key !== 'End')) return
    event.preventDefault()
    virtual.scrollToIndex(event.key === 'Home' ? 0 : items.length - 1)
  }
  if (items.length === 0)
    return (
      <p className="m-0 p-4 text-xs text-text-2">No model was asked: the calls of this run were written by hand.</p>
    )
  return (
    <section
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
      aria-label="The conversation, as the model saw it"
      className="h-full overflow-y-auto outline-offset-[-2px]!"
      onKeyDown={onKeyDown}
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const item = items[index]
          return (
            item && (
              <div
                key={index}
                ref={virtual.measureElement}
                data-index={index}
                className="absolute inset-x-0 top-0 px-3.5 pt-2.5"
                style={{ transform: `translateY(${start}px)` }}
              >
                <Message item={item} onChoose={onChoose} />
              </div>
            )
          )
        })}
      </div>
      {isLive && <p className="m-0 p-3.5 text-xs text-text-2">The turn that goes on is added when it has ended.</p>}
    </section>
  )
}
