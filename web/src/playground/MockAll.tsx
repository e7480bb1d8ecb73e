import { FlaskConical } from 'lucide-react'
import { useSessionStore } from '../state/sessionStore.ts'
import { Button } from '../ui/Button.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'

/** Whether runs from here touch the world: with it on, each tool answers with what it last gave, after as long. */
export function MockAll() {
  const mockAll = useSessionStore((session) => session.mockAll)
  const setMockAll = useSessionStore((session) => session.setMockAll)
  return (
    <Tooltip text="Each tool answers with what it last gave, after as long; nothing is really called">
      <Button
        size="sm"
        variant={mockAll ? 'outline' : 'ghost'}
        aria-pressed={mockAll}
        icon={<FlaskConical size={13} aria-hidden />}
        className={mockAll ? 'text-waiting-text' : ''}
        onClick={() => setMockAll(!mockAll)}
      >
        Mock all
      </Button>
    </Tooltip>
  )
}
