import type { TryTool } from '@volley/shared/api.ts'
import { FLOW_FORMAT } from '@volley/shared/flow/flow.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import type { StartRequest } from './startRun.ts'

const ALONE = { provider: 'simulated', model: 'simulated-1' }

/**
 * One tool alone as a run of one call, without a model. Whoever tries it with these arguments has thereby approved the call: it does not
 * wait for an approval.
 */
export function trialOf({ tool, arguments: given = {}, flow }: TryTool): StartRequest {
  const name = isObject(tool) && typeof tool.name === 'string' ? tool.name : ''
  const agent = isObject(flow) && flow.agent !== undefined ? flow.agent : ALONE
  return {
    flow: { format: FLOW_FORMAT, name: `Try ${name}`.slice(0, 200), agent, tools: [withoutApproval(tool)] },
    input: '',
    batch: [{ tool: name, arguments: given }],
    trial: true,
  }
}

/** Where a problem of the run's document stands in the request that it was made of. */
export function placeInTrial(pointer: string): string {
  if (pointer.startsWith('/tools/0')) return `/tool${pointer.slice('/tools/0'.length)}`
  return pointer.startsWith('/agent') ? `/flow${pointer}` : pointer
}

function withoutApproval(tool: unknown): unknown {
  if (!isObject(tool) || !isObject(tool.policy)) return tool
  return { ...tool, policy: { ...tool.policy, approval: 'never' } }
}
