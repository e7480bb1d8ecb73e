import { TriangleAlert } from 'lucide-react'
import { useFlowStore } from './state/flowStore.ts'
import { Banner } from './ui/Banner.tsx'
import { Button } from './ui/Button.tsx'

// Conflicts are rare: the ways out of them come when one is taken.
const merge = async () => (await import('./actions/merging.ts')).mergeWithTheirs()
const take = async (way: 'takeTheirs' | 'keepBoth' | 'keepMine') => (await import('./actions/conflict.ts'))[way]()

/** What keeps the document from being saved, and the ways out. */
export function ConflictBanner() {
  const save = useFlowStore((store) => store.save)
  if (save.is !== 'conflict' && save.is !== 'refused') return null
  const isConflict = save.is === 'conflict'
  return (
    <Banner
      tone="warning"
      icon={TriangleAlert}
      more={
        isConflict
          ? 'Your changes are kept in this browser; the other version stays among the versions, whatever you choose.'
          : 'It is not saved until that is mended; your changes are kept in this browser.'
      }
      actions={
        isConflict && (
          <>
            <Button size="sm" onClick={() => void merge()}>
              Merge
            </Button>
            <Button size="sm" onClick={() => void take('takeTheirs')}>
              Take theirs
            </Button>
            <Button size="sm" onClick={() => void take('keepBoth')}>
              Keep both
            </Button>
            <Button size="sm" onClick={() => void take('keepMine')}>
              Keep mine
            </Button>
          </>
        )
      }
    >
      {save.message}
    </Banner>
  )
}
