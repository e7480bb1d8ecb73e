import { Popover } from 'radix-ui'
import { useEffect, useState } from 'react'
import { useDialogs } from '../state/dialogs.ts'
import { useRunStore } from '../state/runStore.ts'
import { endTour, useTour } from '../state/tour.ts'
import { Button } from '../ui/Button.tsx'
import { useMedia } from '../ui/useMedia.ts'
import { STEPS, type Step, stepAfterRunBegan } from './steps.ts'

/**
 * The first steps, each a few words beside the control it speaks of. Never a wall: all else can be used meanwhile, the focus stays
 * where it is, Escape ends it.
 */
export function Tour() {
  const step = useTour((tour) => tour.step)
  const show = useTour((tour) => tour.show)
  const runId = useRunStore((store) => store.run?.id ?? null)
  const [seenRun, setSeenRun] = useState(runId)
  const one = step === null ? undefined : STEPS[step]
  const anchor = useAnchor(one)
  const isNarrow = useMedia('(max-width: 900px)')
  const isCovered = useDialogs((store) => store.open !== null)

  useEffect(() => {
    if (runId === seenRun) return
    setSeenRun(runId)
    const { step: at, isTaken } = useTour.getState()
    if (runId === null || at === null) return
    const next = stepAfterRunBegan(at, isTaken)
    if (next === null) endTour()
    else show(next)
  }, [runId, seenRun, show])

  // What comes up over a dialog would take the keyboard out of it.
  if (step === null || !one || !anchor || isCovered) return null
  const isLast = step === STEPS.length - 1
  return (
    <Popover.Root open modal={false}>
      <Popover.Anchor virtualRef={{ current: anchor }} />
      <Popover.Portal>
        <Popover.Content
          role="complementary"
          aria-label="First steps"
          data-tour-step={step + 1}
          // On a narrow page the prompt fills the width, with the note on the model over it.
          side={isNarrow && one.side === 'right' ? 'top' : one.side}
          align={one.side === 'right' && !isNarrow ? 'end' : 'center'}
          sideOffset={isNarrow && one.side === 'right' ? 34 : 10}
          collisionPadding={10}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onEscapeKeyDown={endTour}
          onInteractOutside={(event) => event.preventDefault()}
          className="pop z-30 flex w-72 flex-col gap-1.5 rounded-lg border border-line-strong bg-surface-1 p-3 shadow-float"
        >
          <p className="m-0 text-sm font-semibold text-text-1">{one.title}</p>
          <p className="m-0 text-xs leading-relaxed text-text-2">{one.words}</p>
          <div className="mt-1 flex items-center gap-1.5">
            <span className="flex-1 text-2xs text-text-3">
              {step + 1} of {STEPS.length}
            </span>
            {!isLast && (
              <Button size="sm" variant="ghost" onClick={endTour}>
                Skip
              </Button>
            )}
            <Button size="sm" onClick={() => (isLast ? endTour() : show(step + 1))}>
              {isLast ? 'Done' : 'Next'}
            </Button>
          </div>
          <Popover.Arrow className="fill-line-strong" />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** The first of these that is on the page and seen. Looked for again whenever the page changes its parts. */
function useAnchor(step: Step | undefined): Element | null {
  const [anchor, setAnchor] = useState<Element | null>(null)
  useEffect(() => {
    const look = () => setAnchor(step ? seenBeside(step) : null)
    look()
    let frame = 0
    const soon = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(look)
    }
    const watcher = new MutationObserver(soon)
    if (step) watcher.observe(document.body, { childList: true, subtree: true })
    return () => {
      cancelAnimationFrame(frame)
      watcher.disconnect()
    }
  }, [step])
  return anchor
}

function seenBeside({ beside, isLowest }: Step): Element | null {
  for (const selector of beside) {
    const seen = [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility())
    const bottom = (element: Element) => element.getBoundingClientRect().bottom
    if (isLowest) seen.sort((one, other) => bottom(other) - bottom(one))
    if (seen[0]) return seen[0]
  }
  return null
}
