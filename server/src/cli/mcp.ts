import type { Parts } from '../deps.ts'
import type { RunSpec } from '../engine/ports.ts'
import { parseEnv } from '../env.ts'
import { createLog } from '../log.ts'
import { readVault } from '../secrets/readVault.ts'
import { mcpOverStdio } from '../serving/mcpServer.ts'
import { openStandalone } from '../standalone/standalone.ts'
import { newId } from '../store/ids.ts'
import { StoreFault } from '../store/storeFault.ts'
import { VERSION } from '../version.ts'
import { onlyFile, readArguments } from './arguments.ts'
import { printProblems, readDocument } from './readDocument.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './terminal.ts'

/**
 * `volley mcp FLOW.json`: offers the flow as one tool by the Model Context Protocol on standard input and output, until the other side is
 * gone. Nobody is there to approve a call: one that needs it is refused.
 */
export async function mcp(argv: string[], terminal: Terminal, parts: Parts): Promise<ExitCode> {
  const file = onlyFile(readArguments(argv, {}).positionals)
  const env = parseEnv(terminal.variables, terminal.cwd)
  if (!env.ok) throw new UsageError(env.error.join('; '))
  const document = await readDocument(terminal, file)
  const flow = document.ok ? parts.documents.parse(document.value) : document
  if (!flow.ok) {
    printProblems(terminal, flow.error)
    return EXIT.usage
  }
  const vault = await readVault(env.value, parts.createModels(env.value)).catch((fault: unknown) => {
    if (!(fault instanceof StoreFault)) throw fault
    terminal.err(`volley: ${fault.message}\n`)
  })
  if (!vault) return EXIT.failed

  const logger = createLog('warn', undefined, vault.redaction.text)
  const standalone = await openStandalone(parts, { env: env.value, vault, logger })
  const served = mcpOverStdio(
    [
      {
        flow: flow.value,
        async run({ input, variables }, { signal, onEvent }) {
          const runId = newId()
          const spec: RunSpec = {
            runId,
            flow: flow.value,
            origin: { id: null, version: null },
            input,
            variables: { ...flow.value.agent.variables, ...variables },
          }
          const { status, output, error } = await standalone.run(spec, {
            signal,
            onEvent(event) {
              onEvent(event)
              if (event.type === 'call.awaiting_approval')
                void standalone.engine.decide(runId, event.call, {
                  approve: false,
                  reason: 'nobody is there to approve it',
                })
            },
          })
          return { runId, status, output, error }
        },
      },
    ],
    VERSION,
  )
  const interrupted = new Promise<void>((resolve) => terminal.onInterrupt(resolve))
  await Promise.race([served.ended, interrupted])
  await served.close()
  await standalone.close()
  return EXIT.ok
}
