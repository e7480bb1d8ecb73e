import type { StartRun } from '@volley/shared/api.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import type { RunSpec } from '../engine/ports.ts'
import type { Flows } from '../store/flows.ts'
import type { StartFault } from './startRun.ts'

export type FlowSource = Pick<StartRun, 'flow' | 'flowId' | 'version' | 'label'>

/** Finds the document that a run is asked of: given whole, or saved, in its newest, a numbered or a labelled version. */
export async function findSource(
  { flow, flowId, version, label }: FlowSource,
  flows: Flows,
): Promise<Result<{ document: unknown; origin: RunSpec['origin'] }, StartFault>> {
  const fault = (code: StartFault['code'], message: string) => err({ code, message })
  if (flow !== undefined) {
    if (flowId !== undefined) return fault('unprocessable', 'Give either "flow" or "flowId", not both.')
    if (version !== undefined || label !== undefined)
      return fault('unprocessable', '"version" and "label" choose among the versions of a saved flow: give "flowId".')
    return ok({ document: flow, origin: { id: null, version: null } })
  }
  if (flowId === undefined) return fault('unprocessable', 'Give the flow to run: a document as "flow", or "flowId".')
  if (version !== undefined && label !== undefined)
    return fault('unprocessable', 'Give either "version" or "label", not both.')

  const saved = await flows.get(flowId)
  if (!saved) return fault('not_found', `There is no flow "${flowId}".`)
  const wanted = label === undefined ? (version ?? saved.version) : await flows.labelled(flowId, label)
  if (wanted === null) return fault('not_found', `The flow "${flowId}" has no label "${label}".`)
  if (wanted === saved.version) return ok({ document: saved.flow, origin: { id: flowId, version: wanted } })
  const found = await flows.version(flowId, wanted)
  if (!found) return fault('not_found', `The flow "${flowId}" has no version ${wanted}.`)
  return ok({ document: found.flow, origin: { id: flowId, version: wanted } })
}
