import { differenceOf } from '@volley/shared/flow/difference.ts'
import { differenceWords } from '@volley/shared/flow/differenceWords.ts'
import { type Flow, flowSchema } from '@volley/shared/flow/flow.ts'
import { mergeFlows } from '@volley/shared/flow/merge/mergeFlows.ts'
import { isEqualJson } from '@volley/shared/lib/json.ts'
import { listAnd } from '@volley/shared/lib/words.ts'
import { getVersion, sentenceOf } from '../api/client.ts'
import { useDialogs } from '../state/dialogs.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { type OtherSide, useMerge } from '../state/mergeStore.ts'
import { toast } from '../ui/toast.tsx'
import { fetchTheirs } from './conflict.ts'
import { drafts, flushSave } from './saving.ts'

const MOST_TOLD = 8

/** In a conflict: merges with what someone else saved, at once where nothing has to be decided; else a person is asked. */
export async function mergeWithTheirs(): Promise<void> {
  const { opened } = useFlowStore.getState()
  const other = await fetchOtherSide()
  const { save, opened: openedNow } = useFlowStore.getState()
  if (!other || opened !== openedNow || save.is !== 'conflict') return
  const { flow, conflicts } = mergeFlows(other.base, currentFlow(), other.theirs)
  if (conflicts.length === 0) return takeMerged(other, flow)
  useMerge.getState().ask(other)
  useDialogs.getState().show('merge')
}

/** Takes a merged document as one step that undo takes back, saves it over the other version, and says what came of it. */
export async function takeMerged({ theirs, version }: OtherSide, merged: Flow): Promise<void> {
  const { flowId, change, setSaved } = useFlowStore.getState()
  if (flowId === null) return
  const mine = currentFlow()
  // One that is there already makes no step and no version.
  const flow = [theirs, mine].find((one) => isEqualJson(one, merged)) ?? merged
  change(`Merge with version ${version}`, () => flow)
  setSaved({ flowId, version, flow: theirs })
  if (flow === theirs) drafts.drop(flowId)
  await flushSave()
  toast.done(`Merged with version ${version}.`, takenWords(differenceWords(differenceOf(mine, flow))))
}

/** What a merge took from the other side, in one sentence. */
export function takenWords(words: readonly string[]): string {
  if (words.length === 0) return 'Nothing is taken over.'
  const rest = words.length - MOST_TOLD
  return `From the other side: ${listAnd(rest > 0 ? [...words.slice(0, MOST_TOLD), `${rest} more`] : words)}.`
}

/** The saved document, and the version that this page's changes began with: what the page opened can be a draft by itself. */
async function fetchOtherSide(): Promise<OtherSide | null> {
  const { flowId, version } = useFlowStore.getState()
  if (flowId === null || version === null) return null
  const [before, saved] = await Promise.all([getVersion(flowId, version), fetchTheirs()])
  if (!saved) return null
  const base = flowSchema.safeParse(before.ok ? before.value.flow : null)
  const theirs = flowSchema.safeParse(saved.flow)
  if (base.success && theirs.success) return { base: base.data, theirs: theirs.data, version: saved.version }
  toast.problem(
    `Version ${base.success ? saved.version : version} cannot be read, so nothing can be merged.`,
    before.ok ? 'Keep both instead: your changes become a flow of their own.' : sentenceOf(before.error),
  )
  return null
}
