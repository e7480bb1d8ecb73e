import type { Parts } from '../deps.ts'
import type { RunSpec } from '../engine/ports.ts'
import { mcpOverStdio } from '../serving/mcpServer.ts'
import { newId } from '../store/ids.ts'
import { VERSION } from '../version.ts'
import { onlyFile, readArguments } from './arguments.ts'
import { openEngine } from './processEngine.ts'
import { printProblems, readDocument } from './readDocument.ts'
import { EXIT, type ExitCode, type Terminal } from './terminal.ts'

/**
 * `volley mcp FLOW.json`: offers the flow as one tool by the Model Context Protocol on standard input and output, until the other side is
 * gone. Nobody is there to approve a call: one that needs it is refused.
 */
export async function mcp(argv: string[], terminal: Terminal, parts: Parts): Promise<ExitCode> {
  const file = onlyFile(readArguments(argv, {}).positionals)
  const document = await readDocument(terminal, file)
  const flow = document.ok ? parts.documents.parse(document.value) : document
  if (!flow.ok) {
    printProblems(terminal, flow.error)
    return EXIT.usage
  }
  const standalone = await openEngine(terminal, parts)
  if (!standalone) return EXIT.failed
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
