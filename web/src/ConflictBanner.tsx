import { TriangleAlert } from 'lucide-react'
import { keepMine, takeTheirs } from './actions/saving.ts'
import { useFlowStore } from './state/flowStore.ts'
import { Button } from './ui/Button.tsx'

/** What keeps the document from being saved, and the ways out. */
export function ConflictBanner() {
  const save = useFlowStore((store) => store.save)
  if (save.is !== 'conflict' && save.is !== 'refused') return null
  return (
    <div
      role="alert"
      className="flex shrink-0 flex-wrap items-center gap-3 border-b border-waiting/40 bg-waiting/10 px-4 py-2 text-sm"
    >
      <TriangleAlert size={15} aria-hidden className="shrink-0 text-waiting-text" />
      <span className="min-w-0 flex-1">
        {save.message}{' '}
        <span className="text-text-2">
          {save.is === 'conflict'
            ? 'Your changes are kept in this browser; the other version stays among the versions, whatever you choose.'
            : 'It is not saved until that is mended; your changes are kept in this browser.'}
        </span>
      </span>
      {save.is === 'conflict' && (
        <>
          <Button size="sm" onClick={() => void takeTheirs()}>
            Take theirs
          </Button>
          <Button size="sm" onClick={() => void keepMine()}>
            Keep mine
          </Button>
        </>
      )}
    </div>
  )
}
