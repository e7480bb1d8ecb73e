import type { SavedFlow } from '@volley/shared/api.ts'
import { type Flow, flowSchema } from '@volley/shared/flow/flow.ts'
import { isEqualJson } from '@volley/shared/lib/json.ts'
import { authorHeader } from '../api/author.ts'
import { createFlow, getFlow, putFlow, sentenceOf } from '../api/client.ts'
import { goTo, paths } from '../routes.ts'
import { type Autosave, startAutosave } from '../state/autosave.ts'
import { draftsIn } from '../state/drafts.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { toast } from '../ui/toast.tsx'

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

/** In a conflict: saves this document over what the other one saved; theirs stays among the versions. */
export async function keepMine(): Promise<void> {
  const theirs = await fetchTheirs()
  if (!theirs) return
  // Their document becomes what ours is compared with, so that ours is unsaved and goes out next.
  useFlowStore.setState({ version: theirs.version, save: { is: 'unsaved' } })
  await autosave?.flush()
}

/** In a conflict: takes the other document, as a step that undo takes back. */
export async function takeTheirs(): Promise<void> {
  const theirs = await fetchTheirs()
  if (!theirs) return
  const { change, setSaved, setSave } = useFlowStore.getState()
  const flow = flowSchema.parse(theirs.flow)
  setSave({ is: 'saved' })
  change('Take the other version', () => flow)
  setSaved({ flowId: theirs.id, version: theirs.version, flow })
  drafts.drop(theirs.id)
}

/** In a conflict: takes the other document here, and saves this one as a flow of its own. */
export async function keepBoth(): Promise<void> {
  const mine = currentFlow()
  const name = `${mine.name.slice(0, 180)} (my changes)`
  const copy = await createFlow({ ...mine, name })
  if (!copy.ok)
    return void toast.problem('Your changes could not be saved as a flow of their own.', sentenceOf(copy.error))
  await takeTheirs()
  toast.done(`Your changes are the flow “${name}”.`)
}

/** Saves, unless the server has this very document already: an answer that was lost on its way is no conflict. */
async function putUnlessThere(id: string, flow: Flow, version: number): ReturnType<typeof putFlow> {
  const answer = await putFlow(id, flow, version)
  if (answer.ok || answer.error.status !== 412) return answer
  const standing = await getFlow(id)
  return standing.ok && isEqualJson(standing.value.flow, flow) ? standing : answer
}

async function fetchTheirs(): Promise<SavedFlow | null> {
  const { flowId } = useFlowStore.getState()
  if (flowId === null) return null
  const answer = await getFlow(flowId)
  if (answer.ok) return answer.value
  toast.problem('The saved flow could not be read.', sentenceOf(answer.error))
  return null
}
