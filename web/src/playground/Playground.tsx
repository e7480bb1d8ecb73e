import { MessagesSquare } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useFlow } from '../state/flowStore.ts'
import { useRunStore } from '../state/runStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel, PanelHead } from '../ui/Panel.tsx'
import { whenUsed } from '../ui/whenUsed.ts'
import { Composer } from './Composer.tsx'
import { useConversation } from './conversation.ts'
import { GoesWith } from './GoesWith.tsx'
import { MockAll } from './MockAll.tsx'
import { PlaygroundMenu } from './PlaygroundMenu.tsx'
import { RunWithButton } from './RunWithButton.tsx'
import { SimulatedNote } from './SimulatedNote.tsx'
import { suggestPrompt } from './suggestPrompt.ts'
import { Variables } from './Variables.tsx'

// There is nothing to show before the first message.
const loadExchange = () => import('./Exchange.tsx')
whenUsed(loadExchange)
const Exchange = lazy(() => loadExchange().then((module) => ({ default: module.Exchange })))

/** Talk to the agent: what was said, what it calls meanwhile, and a box for the next message. */
export function Playground() {
  const run = useRunStore((store) => store.shown)
  const isPast = useRunStore((store) => store.at !== null)
  const { past, input, starting, fault } = useConversation()
  const isEmpty = !run && past.length === 0 && !starting
  return (
    <Panel label="Playground" className="h-full">
      <PanelHead>
        <h2 className="m-0 px-2 text-sm font-medium">Playground</h2>
        <span className="ml-auto flex items-center gap-1.5">
          <MockAll />
          <Variables />
          <RunWithButton />
          <PlaygroundMenu />
        </span>
      </PanelHead>
      <Scroller>
        {isEmpty && <Beginning />}
        <Suspense>
          {past.map((one) => (
            <Exchange key={one.id} run={one} input={one.input} />
          ))}
          {run && <Exchange run={run} input={run.input || input} isCurrent isPast={isPast} />}
        </Suspense>
        {fault && (
          <p
            role="alert"
            className="m-0 rounded-md border border-failed/40 bg-failed/10 px-2.5 py-2 text-xs text-text-1"
          >
            {fault}
          </p>
        )}
      </Scroller>
      <div className="flex shrink-0 flex-col gap-2 px-3 pt-1 pb-3">
        <SimulatedNote />
        <GoesWith />
        <Composer />
      </div>
    </Panel>
  )
}

/** Stays at its end while it grows, unless someone scrolled up to read. Told of its size by the browser, it forces no layout itself. */
function Scroller({ children }: { children: React.ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  useEffect(() => {
    const element = box.current
    if (!element || !content.current) return
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight
    })
    observer.observe(content.current)
    return () => observer.disconnect()
  }, [])
  return (
    <section
      ref={box}
      aria-label="Conversation"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
      className="flex min-h-0 flex-1 flex-col overflow-y-auto outline-offset-[-2px]!"
      onScroll={(event) => {
        const { scrollHeight, scrollTop, clientHeight } = event.currentTarget
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 24
      }}
    >
      <div ref={content} className="flex grow shrink-0 flex-col gap-4 px-3 py-3">
        {children}
      </div>
    </section>
  )
}

/** What stands there before anything was said: what will happen, and a message to try. */
function Beginning() {
  const tools = useFlow((flow) => flow.tools)
  const edges = useFlow((flow) => flow.edges)
  const prompt = useSessionStore((session) => session.prompt)
  const setPrompt = useSessionStore((session) => session.setPrompt)
  const suggestion = suggestPrompt({ tools, edges })
  if (!suggestion)
    return (
      <EmptyState icon={<MessagesSquare size={20} />} title="Talk to the agent here">
        First give it a tool: drag one from the left onto the canvas. Then say what it should do; calls that need
        nothing from each other start together.
      </EmptyState>
    )
  return (
    <EmptyState icon={<MessagesSquare size={20} />} title="Talk to the agent here">
      <p className="m-0">
        {prompt ? 'Its message is ready below.' : 'Say what it should do.'} Name several things at once and watch their
        calls go together.
      </p>
      {!prompt && (
        <button
          type="button"
          className="mt-3 w-full rounded-lg border border-line-strong bg-surface-2 px-3 py-2 text-left text-xs text-text-1 [overflow-wrap:anywhere] hover:bg-surface-3"
          onClick={() => setPrompt(suggestion)}
        >
          <span className="mb-0.5 block text-2xs text-text-3">Try</span>
          {suggestion}
        </button>
      )}
    </EmptyState>
  )
}
