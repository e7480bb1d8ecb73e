import { policyOf } from '@volley/shared/flow/defaults.ts'
import type { RunKind, ToolRun } from '@volley/shared/flow/flow.ts'
import type { Clock, ToolRunner } from '../engine/ports.ts'
import { createCode } from './code.ts'
import type { Egress } from './egress.ts'
import { createFlow, type FlowRuns } from './flow.ts'
import { createHttp, type SecretValues } from './http.ts'
import type { Mcp } from './mcp.ts'
import { createMock } from './mock.ts'
import type { Attempt } from './outcomes.ts'
import type { Sandbox } from './sandbox/sandbox.ts'

export interface ToolsOptions {
  egress: Egress
  secrets: SecretValues
  /** Puts `***` in the place of secrets; for texts that are shortened before they are stored. */
  hide?: (text: string) => string
  clock: Pick<Clock, 'after'>
  mcp: Pick<Mcp, 'attempt'>
  sandbox: Sandbox
  /** Null where no flows are saved. */
  flows: FlowRuns | null
}

/** Executes calls, each by its tool's kind. A new kind is one file and one line here. */
export function createTools({
  egress,
  secrets,
  hide = (text) => text,
  clock,
  mcp,
  sandbox,
  flows,
}: ToolsOptions): ToolRunner {
  const kinds: { [Kind in RunKind]: Attempt<Extract<ToolRun, { kind: Kind }>> } = {
    http: createHttp({ egress, secrets, hide }),
    mock: createMock(clock),
    code: createCode(sandbox),
    mcp: mcp.attempt,
    flow: createFlow(flows),
  }
  return {
    run({ tool, arguments: given, idempotencyKey, report, isTrial, tell }, signal) {
      const attempt = kinds[tool.run.kind] as Attempt<ToolRun>
      const { timeoutMs } = policyOf(tool)
      return attempt({ run: tool.run, arguments: given, idempotencyKey, timeoutMs, report, isTrial, tell }, signal)
    },
  }
}
