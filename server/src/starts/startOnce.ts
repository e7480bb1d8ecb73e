import { createHash } from 'node:crypto'
import type { Fork, Replay } from '@volley/shared/api.ts'
import { canonicalJson } from '@volley/shared/lib/json.ts'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { forkRun, replayRun } from './replayRun.ts'
import { type StartFault, type StartNeeds, type StartRequest, startRun } from './startRun.ts'

/** Starts runs; with an idempotency key the same body starts one run alone, also when both requests come at once. */
export function createStarts(needs: StartNeeds) {
  const underWay = new Map<string, Promise<unknown>>()

  async function once(request: StartRequest, key: string): Promise<Result<string, StartFault>> {
    const bodyHash = createHash('sha256').update(canonicalJson(request)).digest('hex')
    const before = await needs.runs.startedWith(key)
    if (!before) return startRun(request, needs, { key, bodyHash })
    if (before.bodyHash === bodyHash) return ok(before.runId)
    return err({
      code: 'conflict',
      message: `The idempotency key "${key}" has started run ${before.runId} with another body: use a new key.`,
    })
  }

  async function start(request: StartRequest, key?: string): Promise<Result<string, StartFault>> {
    if (key === undefined) return startRun(request, needs)
    while (underWay.has(key)) await underWay.get(key)?.catch(() => {})
    const starting = once(request, key)
    underWay.set(key, starting)
    try {
      return await starting
    } finally {
      underWay.delete(key)
    }
  }
  return {
    start,
    replay: (of: string, request: Replay) => replayRun(of, request, needs),
    fork: (of: string, request: Fork) => forkRun(of, request, needs),
  }
}
