import { create } from 'zustand'

// Messages that were kept to be tried again, by flow: in this browser's storage, no part of the flow.

const KEY = 'volley.examples'
const MOST = 12
/** Of a flow that was never saved. */
const UNSAVED = '@new'

type Examples = Readonly<Record<string, readonly string[]>>

const useKept = create<{ all: Examples }>(() => ({ all: read() }))
const NONE: readonly string[] = []

/** The kept messages of a flow, the newest first. */
export const useExamples = (flowId: string | null): readonly string[] =>
  useKept(({ all }) => all[flowId ?? UNSAVED] ?? NONE)

export function keepExample(flowId: string | null, message: string): void {
  change(flowId, (kept) => [message, ...kept.filter((one) => one !== message)].slice(0, MOST))
}

export function forgetExamples(flowId: string | null): void {
  change(flowId, () => NONE)
}

function change(flowId: string | null, edit: (kept: readonly string[]) => readonly string[]): void {
  const key = flowId ?? UNSAVED
  useKept.setState(({ all }) => ({ all: { ...all, [key]: edit(all[key] ?? NONE) } }))
  try {
    localStorage.setItem(KEY, JSON.stringify(useKept.getState().all))
  } catch {
    // A full or forbidden storage: they are kept as long as the page.
  }
}

function read(): Examples {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (kept === null || typeof kept !== 'object') return {}
    return Object.fromEntries(
      Object.entries(kept).flatMap(([key, list]) =>
        Array.isArray(list) ? [[key, list.filter((one) => typeof one === 'string')]] : [],
      ),
    )
  } catch {
    return {}
  }
}
