import { placeholdersInJson } from '@volley/shared/lib/template.ts'
import type { ToolRunner } from '../engine/ports.ts'
import type { Audit } from './audit.ts'

const MOST_RUNS = 1000

/** The same tools; what they are refused, and the secrets each run uses, are noted: a secret once a run, not once a call. */
export function auditedTools(tools: ToolRunner, audit: Pick<Audit, 'note'>): ToolRunner {
  const seen = new Map<string, Set<string>>()
  const isFirst = (run: string, secret: string) => {
    const known = seen.get(run) ?? new Set()
    seen.set(run, known)
    const oldest = seen.keys().next().value
    if (seen.size > MOST_RUNS && oldest !== undefined) seen.delete(oldest)
    if (known.has(secret)) return false
    known.add(secret)
    return true
  }
  return {
    async run(call, signal) {
      const [run = '', number = ''] = call.idempotencyKey.split(/:(?=[^:]*$)/)
      const { name } = call.tool
      const outcome = await tools.run(call, signal)
      if (!outcome.ok && outcome.code === 'blocked')
        audit.note('call_blocked', { run, call: Number(number), tool: name, message: outcome.message })
      else
        for (const secret of secretsOf(call.tool.run))
          if (isFirst(run, secret)) audit.note('secret_used', { secret, run, tool: name })
      return outcome
    },
  }
}

function secretsOf(run: unknown): string[] {
  return placeholdersInJson(run)
    .filter((name) => name.startsWith('secret.'))
    .map((name) => name.slice('secret.'.length))
}
