import { MessagesSquare, X } from 'lucide-react'
import { saidBefore, usePlaygroundStore } from '../state/playgroundStore.ts'
import { useRunStore } from '../state/runStore.ts'
import { counted } from '../trace/format.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useConversation } from './conversation.ts'

/** What was said before that the next message goes with, and the way to send it alone. */
export function GoesWith() {
  const { continues, messages, setContinues } = usePlaygroundStore()
  const past = useConversation((conversation) => conversation.past)
  const run = useRunStore((store) => store.run)
  const said = saidBefore({ continues, messages }, { run, past })
  if (!continues && messages === null) return null
  return (
    <p className="m-0 flex items-center gap-2 text-xs text-text-2">
      <MessagesSquare size={13} aria-hidden className="shrink-0" />
      <span className="min-w-0 flex-1">
        {said.length === 0
          ? 'A conversation begins with this message.'
          : `Goes with ${counted(said.length, 'earlier message')}; calls of earlier messages are not sent again.`}
      </span>
      <IconButton size="sm" label="Send messages alone" icon={<X size={13} />} onClick={() => setContinues(false)} />
    </p>
  )
}
