import type { ToolRun } from '@volley/shared/flow/flow.ts'
import type { Attempt } from './outcomes.ts'
import type { Sandbox } from './sandbox/sandbox.ts'

/** Runs a tool's own JavaScript in the sandbox (contract 2, `code`). Calls of different runs and sources take turns. */
export function createCode(sandbox: Sandbox): Attempt<Extract<ToolRun, { kind: 'code' }>> {
  return ({ run, arguments: given, idempotencyKey, timeoutMs }, signal) => {
    const owner = idempotencyKey.slice(0, idempotencyKey.lastIndexOf(':'))
    return sandbox.run({ source: run.source, arguments: given, owner, timeoutMs }, signal)
  }
}
