import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import { flowSchema } from '@volley/shared/flow/flow.ts'
import { type ApiFault, getFlow, getRun, getVersion } from '../api/client.ts'
import { goTo, paths } from '../routes.ts'
import { restoreFrom } from '../state/drafts.ts'
import { EMPTY_FLOW, useFlowStore } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { toast } from '../ui/toast.tsx'
import { drafts, flushSave } from './saving.ts'

const OPENED = 'volley.opened'

/** Opens a document that the server does not have: an example, an import, a blank start. Saves nothing until it is changed. */
export function openUnsaved(document: FlowDocument = EMPTY_FLOW): void {
  const flow = flowSchema.parse(document)
  drafts.drop(null)
  sessionStorage.setItem(OPENED, JSON.stringify(flow))
  show(flow, null)
  goTo(paths.newFlow)
}

/** Shows the flow that was not saved yet, after a reload: its draft, else as it was opened. */
export function reopenUnsaved(): void {
  const { flowId, history } = useFlowStore.getState()
  if (flowId === null && history.present !== EMPTY_FLOW) return
  const opened = flowSchema.safeParse(parsed(sessionStorage.getItem(OPENED)))
  const flow = opened.success ? opened.data : EMPTY_FLOW
  const draft = drafts.find(null)
  show(flow, null)
  if (!draft) return
  useFlowStore.getState().change('Restore unsaved changes', () => draft.flow)
  toast.say('Unsaved changes were restored.', 'They had not reached the server when the page was closed.')
}

/** Opens a saved flow, and with it the changes that never reached the server. Answers with the fault when it cannot be had. */
export async function openSaved(id: string): Promise<ApiFault | null> {
  const { flowId, asRan } = useFlowStore.getState()
  if (flowId === id && asRan === null) return null
  const draft = drafts.find(id)
  const answer = await getFlow(id)
  if (!answer.ok) {
    if (!draft || answer.error.code !== 'offline') return answer.error
    show(draft.flow, { flowId: id, version: draft.version ?? 1 })
    useFlowStore.getState().change('Restore unsaved changes', (flow) => ({ ...flow }))
    return null
  }
  const parsedFlow = flowSchema.safeParse(answer.value.flow)
  if (!parsedFlow.success)
    return {
      status: 422,
      code: 'unprocessable',
      message: 'The saved document cannot be read by this page.',
      problems: [],
    }
  const restored = restoreFrom(draft, answer.value)
  // Changes that conflict go on from the version they were made from: saved as if from the newest, they would wipe out what it has.
  const version = restored === 'conflict' ? (draft?.version ?? 1) : answer.value.version
  show(parsedFlow.data, { flowId: id, version })
  if (restored === 'nothing' || !draft) {
    drafts.drop(id)
    return null
  }
  useFlowStore.getState().change('Restore unsaved changes', () => draft.flow)
  if (restored === 'conflict')
    useFlowStore.getState().setSave({
      is: 'conflict',
      message: 'This browser kept changes that were not saved, and the flow was saved elsewhere since.',
    })
  else toast.say('Unsaved changes were restored.', 'They had not reached the server when the page was closed.')
  return null
}

/**
 * Opens a saved flow as it was when this run began. An older version is shown and not changed; where the newest one is what ran, or
 * unsaved changes could not be saved, the flow itself is opened.
 */
export async function openAsRan(id: string, runId: string): Promise<ApiFault | null> {
  const [record, fault] = await Promise.all([getRun(runId), openSaved(id)])
  const ran = record.ok && record.value.flow.id === id ? record.value.flow.version : null
  if (fault || ran === null) return fault
  await flushSave()
  const { version, save } = useFlowStore.getState()
  if (version === ran) return null
  if (save.is !== 'saved') {
    toast.problem(`Version ${ran} cannot be shown now.`, 'This flow has changes that could not be saved.')
    return null
  }
  const answer = await getVersion(id, ran)
  const flow = answer.ok ? flowSchema.safeParse(answer.value.flow) : null
  if (flow?.success) show(flow.data, { flowId: id, version: ran }, true)
  else toast.problem(`Version ${ran}, which ran, could not be read.`, 'The newest version is shown instead.')
  return null
}

function show(
  flow: Parameters<ReturnType<typeof useFlowStore.getState>['open']>[0],
  saved: { flowId: string; version: number } | null,
  asRan = false,
) {
  // What is unsaved of the flow before goes out now; what does not arrive stays in its draft.
  void flushSave()
  useSessionStore.getState().select([])
  useFlowStore.getState().open(flow, saved, asRan)
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown)
  } catch {
    return null
  }
}
