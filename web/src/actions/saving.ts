import type { Flow } from '@volley/shared/flow/flow.ts'
import { isEqualJson } from '@volley/shared/lib/json.ts'
import { authorHeader } from '../api/author.ts'
import { createFlow, getFlow, putFlow } from '../api/client.ts'
import { goTo, paths } from '../routes.ts'
import { type Autosave, startAutosave } from '../state/autosave.ts'
import { draftsIn } from '../state/drafts.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'

// Autosave with the real server, storage and clock. One for the page.

export const drafts = draftsIn(localStorage)
let autosave: Autosave | null = null

/** Saves changes by itself from now on, also when the page is hidden or left. The answer ends it. */
export function keepSaved(): () => void {
  const saving = startAutosave({
    create: createFlow,
    put: putUnlessThere,
    putOnLeaving: (id, flow, version) =>
      void fetch(`/api/flows/${encodeURIComponent(id)}`, {
        method: 'PUT',
        keepalive: true,
        credentials: 'same-origin',
        headers: { 'content-type': 'application/json', 'if-match': String(version), ...authorHeader() },
        body: JSON.stringify(flow),
      }).catch(() => {}),
    drafts,
    now: () => Date.now(),
    onCreated: (id) => {
      if (location.pathname === paths.newFlow) goTo(paths.flow(id), { replace: true })
    },
  })
  autosave = saving
  const onHide = () => {
    if (document.visibilityState === 'hidden') void saving.flush()
  }
  const onLeave = () => saving.leave()
  document.addEventListener('visibilitychange', onHide)
  window.addEventListener('pagehide', onLeave)
  return () => {
    document.removeEventListener('visibilitychange', onHide)
    window.removeEventListener('pagehide', onLeave)
    saving.stop()
    autosave = null
  }
}

/** Saves what is unsaved now. With `evenUnchanged` a flow that the server never had is saved as it was opened. */
export async function flushSave({ evenUnchanged = false } = {}): Promise<void> {
  await autosave?.flush()
  const { flowId, setSaved } = useFlowStore.getState()
  if (!evenUnchanged || flowId !== null) return
  const flow = currentFlow()
  const answer = await createFlow(flow)
  if (!answer.ok) return
  setSaved({ flowId: answer.value.id, version: answer.value.version, flow })
  goTo(paths.flow(answer.value.id), { replace: true })
}

/** Saves, unless the server has this very document already: an answer that was lost on its way is no conflict. */
async function putUnlessThere(id: string, flow: Flow, version: number): ReturnType<typeof putFlow> {
  const answer = await putFlow(id, flow, version)
  if (answer.ok || answer.error.status !== 412) return answer
  const standing = await getFlow(id)
  return standing.ok && isEqualJson(standing.value.flow, flow) ? standing : answer
}
