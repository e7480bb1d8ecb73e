import { ChevronsRight, Pause, Play } from 'lucide-react'
import { isLive, type UseRunStore } from '../../state/runStore.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { seconds } from '../format.ts'

const RATES = [
  { rate: 0.25, name: '×¼' },
  { rate: 1, name: '×1' },
  { rate: 4, name: '×4' },
]

/** Plays a run again, slower or faster, and leads back to its newest state. */
export function PlayControls({ store: useStore }: { store: UseRunStore }) {
  const { at, isPlaying, rate, run, play, seek, setRate } = useStore()
  const here = RATES.findIndex((one) => one.rate === rate)
  const next = RATES[(here + 1) % RATES.length] as (typeof RATES)[number]
  const newest = isLive(run) ? 'Back to now' : 'Back to the end'
  return (
    <div className="absolute inset-y-0 left-2 flex items-center gap-0.5">
      <IconButton
        size="sm"
        side="top"
        label={isPlaying ? 'Pause' : 'Play'}
        icon={isPlaying ? <Pause size={13} /> : <Play size={13} />}
        onClick={() => play(!isPlaying)}
      />
      <Tooltip text={`Speed; next ${next.name}`} side="top">
        <button
          type="button"
          aria-label={`Speed ${RATES[here]?.name ?? ''}`}
          className="h-6 min-w-7 rounded-md px-1 font-mono text-[11px] text-text-2 hover:bg-surface-3 hover:text-text-1"
          onClick={() => setRate(next.rate)}
        >
          {RATES[here]?.name}
        </button>
      </Tooltip>
      {at !== null && (
        <>
          <span data-moment className="ml-1 min-w-12 font-mono text-[11px] text-text-1 tabular-nums">
            {seconds(at)}
          </span>
          <IconButton
            size="sm"
            side="top"
            label={newest}
            icon={<ChevronsRight size={14} />}
            onClick={() => {
              seek(null)
              document.querySelector<HTMLElement>('[data-playhead]')?.focus()
            }}
          />
        </>
      )}
    </div>
  )
}
