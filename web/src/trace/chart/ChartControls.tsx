import { ChevronsDownUp, ChevronsUpDown, Maximize, ZoomIn, ZoomOut } from 'lucide-react'
import { useChartStore } from '../../state/chartStore.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import type { Grouping } from './items.ts'

/** How the timeline is looked at: what its rows stand under, which are closed, and how much of the time is shown. */
export function ChartControls({
  isZoomed,
  allClosed,
  onCloseAll,
  onZoom,
}: {
  isZoomed: boolean
  allClosed: boolean
  onCloseAll(close: boolean): void
  /** Makes the part shown so many times as long; null shows the whole. */
  onZoom(factor: number | null): void
}) {
  return (
    <div className="absolute inset-y-0 left-2 flex items-center">
      <Toggle by="turn">Turn</Toggle>
      <Toggle by="tool">Tool</Toggle>
      <IconButton
        size="sm"
        side="top"
        label={allClosed ? 'Open all groups' : 'Close all groups'}
        icon={allClosed ? <ChevronsUpDown size={13} /> : <ChevronsDownUp size={13} />}
        onClick={() => onCloseAll(!allClosed)}
      />
      <IconButton
        size="sm"
        side="top"
        label="Zoom in on the timeline"
        tip="Zoom in"
        keys="+"
        icon={<ZoomIn size={13} />}
        onClick={() => onZoom(0.5)}
      />
      <IconButton
        size="sm"
        side="top"
        label="Zoom out of the timeline"
        tip="Zoom out"
        keys="-"
        icon={<ZoomOut size={13} />}
        disabled={!isZoomed}
        onClick={() => onZoom(2)}
      />
      <IconButton
        size="sm"
        side="top"
        label="Show the whole run"
        keys="0"
        icon={<Maximize size={12} />}
        disabled={!isZoomed}
        onClick={() => onZoom(null)}
      />
    </div>
  )
}

function Toggle({ by, children }: { by: Grouping; children: string }) {
  const isOn = useChartStore((store) => store.by === by)
  return (
    <button
      type="button"
      aria-label={`By ${by}`}
      aria-pressed={isOn}
      className="h-6 rounded-md px-1.5 text-[11px] text-text-2 hover:text-text-1 aria-pressed:bg-surface-3 aria-pressed:text-text-1"
      onClick={() => useChartStore.getState().setBy(by)}
    >
      {children}
    </button>
  )
}
