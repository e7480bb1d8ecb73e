import { useSessionStore } from '../state/sessionStore.ts'
import { cx } from '../ui/cx.ts'
import { Kbd } from '../ui/Kbd.tsx'
import { CONTROL } from '../ui/TextInput.tsx'
import { useConversation } from './conversation.ts'
import { PROMPT_ID, runCurrentFlow } from './runs.ts'

const isApple = /mac|iphone|ipad/i.test(navigator.userAgent)

/** The box for the next message. Ctrl or ⌘ with Enter sends it; Enter alone begins a new line. */
export function Composer() {
  const prompt = useSessionStore((session) => session.prompt)
  const setPrompt = useSessionStore((session) => session.setPrompt)
  const hasSaid = useConversation((conversation) => conversation.input !== '' || conversation.past.length > 0)
  return (
    <div className="relative">
      <textarea
        id={PROMPT_ID}
        aria-label="Prompt"
        aria-keyshortcuts="Control+Enter Meta+Enter"
        rows={1}
        value={prompt}
        placeholder={hasSaid ? 'Ask the agent… (empty: the last message again)' : 'Ask the agent…'}
        className={cx(
          CONTROL,
          'field-sizing-content block max-h-40 min-h-[38px] resize-none rounded-[10px] border-line-strong py-[9px] pr-14 pl-3',
        )}
        onChange={(event) => setPrompt(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
          event.preventDefault()
          event.stopPropagation()
          void runCurrentFlow()
        }}
      />
      <Kbd keys={isApple ? '⌘↵' : 'Ctrl ↵'} className="absolute right-2.5 bottom-[10px]" />
    </div>
  )
}
