import type { OtherKeys } from '../../actions/canvasKeys.ts'
import { headOf, type Item } from './items.ts'

export interface Press {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** What a key does in the chart. */
export type ChartMove =
  | { do: 'go'; to: number }
  | { do: 'choose' }
  | { do: 'toggle'; open: boolean }
  | { do: 'zoom'; factor: number | null }
  | { do: 'pan'; by: number }

const ZOOMS: Record<string, number | null> = { '+': 0.5, '=': 0.5, '-': 2, _: 2, '0': null }

/** What a key does at the line `active`; null for a key that belongs to others. */
export function chartMove(press: Press, items: readonly Item[], active: number): ChartMove | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  const item = items[active]
  const go = (to: number): ChartMove => ({ do: 'go', to: Math.max(0, Math.min(items.length - 1, to)) })
  if (press.key in ZOOMS) return { do: 'zoom', factor: ZOOMS[press.key] ?? null }
  switch (press.key) {
    case 'ArrowDown':
      return go(active + 1)
    case 'ArrowUp':
      return go(active - 1)
    case 'PageDown':
      return go(active + 10)
    case 'PageUp':
      return go(active - 10)
    case 'Home':
      return go(0)
    case 'End':
      return go(items.length - 1)
    case 'ArrowLeft':
      if (press.shiftKey) return { do: 'pan', by: -0.25 }
      return item?.group?.isOpen ? { do: 'toggle', open: false } : go(headOf(items, active))
    case 'ArrowRight':
      if (press.shiftKey) return { do: 'pan', by: 0.25 }
      if (!item?.group) return null
      return item.group.isOpen ? go(active + 1) : { do: 'toggle', open: true }
    case 'Enter':
    case ' ':
      return item?.kind === 'tool' ? { do: 'toggle', open: !item.group.isOpen } : { do: 'choose' }
    default:
      return null
  }
}

/** The keys of the chart, for the sheet of keys. */
export const CHART_KEYS: readonly OtherKeys[] = [
  { keys: ['↑', '↓'], what: 'Go from bar to bar' },
  { keys: ['Enter'], what: 'Open the call or the turn' },
  { keys: ['←', '→'], what: 'Close or open a group' },
  { keys: ['Plus', '-'], what: 'Zoom in or out at the bar' },
  { keys: ['0'], what: 'Show the whole run' },
  { keys: ['Shift+←', 'Shift+→'], what: 'Move along the time' },
  { keys: ['Mod+wheel'], what: 'Zoom at the pointer' },
]
