import type { SavedFlow } from '@volley/shared/api.ts'
import { flowSchema } from '@volley/shared/flow/flow.ts'
import { createFlow, getFlow, sentenceOf } from '../api/client.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { toast } from '../ui/toast.tsx'
import { drafts, flushSave } from './saving.ts'

// The ways out of a conflict that take one side or both whole. What merges them stands beside, in `merging.ts`.

/** In a conflict: saves this document over what the other one saved; theirs stays among the versions. */
export async function keepMine(): Promise<void> {
  const theirs = await fetchTheirs()
  if (!theirs) return
  // Their document becomes what ours is compared with, so that ours is unsaved and goes out next.
  useFlowStore.setState({ version: theirs.version, save: { is: 'unsaved' } })
  await flushSave()
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

/** The flow as the server has it now; null, and a message to the person, where it cannot be had. */
export async function fetchTheirs(): Promise<SavedFlow | null> {
  const { flowId } = useFlowStore.getState()
  if (flowId === null) return null
  const answer = await getFlow(flowId)
  if (answer.ok) return answer.value
  toast.problem('The saved flow could not be read.', sentenceOf(answer.error))
  return null
}
