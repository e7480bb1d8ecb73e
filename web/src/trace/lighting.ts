import type { CallState } from '@volley/shared/run/state.ts'
import type { FocusEvent, PointerEvent } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { NOTHING_LIT, useSessionStore } from '../state/sessionStore.ts'

// What is hovered or focused in one place is lit in all: a call by its pip, all calls of a tool by the tool.

/** What a thing that stands for a tool's calls needs to light them, by pointer and by keyboard. */
export function lightingOf(calls: readonly CallState[]) {
  const numbers = () => calls.map(({ call }) => call)
  return {
    onPointerOver: (event: PointerEvent) => {
      const pip = (event.target as Element).closest<HTMLElement>('[data-call]')?.dataset.call
      light(pip === undefined ? numbers() : [Number(pip)])
    },
    onPointerLeave: () => light(NOTHING_LIT),
    onFocus: (event: FocusEvent) => {
      if (event.target === event.currentTarget) light(numbers())
    },
    onBlur: () => light(NOTHING_LIT),
  }
}

/** The numbers of those among these calls that are lit, kept up to date. */
export const useLit = (calls: readonly CallState[]): readonly number[] =>
  useSessionStore(
    useShallow(({ lit }) =>
      lit.length === 0 ? NOTHING_LIT : calls.filter(({ call }) => lit.includes(call)).map(({ call }) => call),
    ),
  )

function light(calls: readonly number[]): void {
  const session = useSessionStore.getState()
  if (calls.length > 0 || session.lit.length > 0) session.light(calls)
}
