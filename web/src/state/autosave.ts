import type { SavedFlow } from '@volley/shared/api.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import type { Problem } from '@volley/shared/flow/problem.ts'
import type { Result } from '@volley/shared/lib/result.ts'
import type { Drafts } from './drafts.ts'
import { isDirty, type SaveState, useFlowStore } from './flowStore.ts'

// Saves the document by itself. 1. Opening saves nothing. 2. A change is on its way within 5 s, however busily one types.
// 3. One save at a time. 4. A draft stays in the browser until the server acknowledged that very document.

/** Why a save did not work: the server's answer, or code `offline` when none came. */
export interface SaveFault {
  status: number
  code: string
  message: string
  problems: Problem[]
}

export interface SavePorts {
  create(flow: Flow): Promise<Result<SavedFlow, SaveFault>>
  put(flowId: string, flow: Flow, version: number): Promise<Result<SavedFlow, SaveFault>>
  /** Sends without waiting for an answer, for a page that is going away. */
  putOnLeaving(flowId: string, flow: Flow, version: number): void
  drafts: Drafts
  now(): number
  /** The flow was saved for the first time and has an address now. */
  onCreated(flowId: string): void
}

export interface Autosave {
  /** Saves what is unsaved now. Resolves when the server answered, whatever it said. */
  flush(): Promise<void>
  leave(): void
  stop(): void
}

/** Watches the document and saves it after changes. */
export function startAutosave(ports: SavePorts): Autosave {
  const store = useFlowStore
  let timer: ReturnType<typeof setTimeout> | undefined
  let clocks: SaveClocks = { changedAt: 0, dirtySince: null, failures: 0 }
  let sending: Flow | null = null
  let underWay: Promise<void> | null = null

  const keepDraft = () => {
    const { flowId, version, history } = store.getState()
    ports.drafts.keep(flowId, { flow: history.present, version, sending })
  }
  const schedule = () => {
    clearTimeout(timer)
    const { save } = store.getState()
    if (underWay || !isDirty(store.getState()) || save.is === 'conflict') return
    if (save.is === 'refused') return
    timer = setTimeout(() => void saveNow(), saveDelay(clocks, ports.now()))
  }
  const saveNow = (): Promise<void> => {
    clearTimeout(timer)
    underWay ??= sendOnce().finally(() => {
      underWay = null
      sending = null
      schedule()
    })
    return underWay
  }
  const sendOnce = async () => {
    const { flowId, version, history, save, opened } = store.getState()
    if (!isDirty(store.getState()) || save.is === 'conflict') return
    const flow = history.present
    sending = flow
    keepDraft()
    store.getState().setSave({ is: 'saving' })
    const answer =
      flowId === null || version === null ? await ports.create(flow) : await ports.put(flowId, flow, version)
    // Another flow may have been opened meanwhile; its draft is then what keeps this one.
    if (store.getState().opened !== opened) return
    if (!answer.ok) {
      clocks = { ...clocks, failures: clocks.failures + 1 }
      return store.getState().setSave(saveStateAfter(answer.error))
    }
    const { id } = answer.value
    ports.drafts.drop(flowId)
    store.getState().setSaved({ flowId: id, version: answer.value.version, flow })
    clocks = {
      changedAt: clocks.changedAt,
      dirtySince: isDirty(store.getState()) ? clocks.changedAt : null,
      failures: 0,
    }
    sending = null
    if (isDirty(store.getState())) keepDraft()
    if (flowId === null) ports.onCreated(id)
  }
  const unsubscribe = store.subscribe((now, before) => {
    if (now.opened !== before.opened) clocks = { changedAt: 0, dirtySince: null, failures: 0 }
    if (now.history.present === before.history.present && now.save === before.save) return
    if (now.history.present !== before.history.present) {
      const at = ports.now()
      if (isDirty(now)) {
        clocks = { changedAt: at, dirtySince: clocks.dirtySince ?? at, failures: clocks.failures }
        keepDraft()
      } else {
        clocks = { changedAt: at, dirtySince: null, failures: 0 }
        if (now.flowId === before.flowId && !underWay) ports.drafts.drop(now.flowId)
      }
    }
    schedule()
  })
  return {
    flush: async () => {
      if (underWay) await underWay
      if (isDirty(store.getState()) && store.getState().save.is !== 'conflict') await saveNow()
    },
    leave: () => {
      const { flowId, version, history, save } = store.getState()
      if (!isDirty(store.getState())) return
      keepDraft()
      if (flowId !== null && version !== null && !underWay && save.is !== 'conflict')
        ports.putOnLeaving(flowId, history.present, version)
    },
    stop: () => {
      clearTimeout(timer)
      unsubscribe()
    },
  }
}

export interface SaveClocks {
  changedAt: number
  /** Since when something is unsaved. */
  dirtySince: number | null
  /** Saves that failed one after the other. */
  failures: number
}

/** How long to wait before the next save: 800 ms of quiet, 4 s at most; after failures longer and longer, up to 15 s. */
export function saveDelay({ changedAt, dirtySince, failures }: SaveClocks, now: number): number {
  if (failures > 0) return Math.min(15_000, 1000 * 2 ** Math.min(failures - 1, 4))
  const quiet = changedAt + 800
  const latest = (dirtySince ?? changedAt) + 4000
  return Math.max(0, Math.min(quiet, latest) - now)
}

/** What a failed save means for the person: what is so, and that nothing is lost. */
export function saveStateAfter(fault: SaveFault): SaveState {
  if (fault.code === 'offline' || fault.status >= 500 || fault.status === 429)
    return { is: 'offline', message: fault.code === 'offline' ? 'the server does not answer' : fault.message }
  if (fault.status === 412)
    return { is: 'conflict', message: 'Someone else, or another tab, saved this flow since you opened it.' }
  const [first] = fault.problems
  return {
    is: 'refused',
    message: first ? `${first.message}${first.pointer ? ` (at ${first.pointer})` : ''}` : fault.message,
  }
}

/** The save state as the top bar says it. */
export function saveWords(save: SaveState, isNew: boolean): string {
  switch (save.is) {
    case 'saved':
      return isNew ? 'New flow' : 'Saved'
    case 'unsaved':
    case 'saving':
      return 'Saving…'
    case 'offline':
      return `Unsaved — ${save.message}; kept in this browser`
    case 'conflict':
      return 'Changed elsewhere'
    case 'refused':
      return 'Not saved: a problem'
  }
}
