import type { Parts } from '../deps.ts'
import { mcpOverStdio } from '../serving/mcpServer.ts'
import { refusingApprovals, standaloneSpec } from '../standalone/standalone.ts'
import { VERSION } from '../version.ts'
import { onlyFile, readArguments } from './arguments.ts'
import { openEngine } from './processEngine.ts'
import { readFlow } from './readDocument.ts'
import { EXIT, type ExitCode, type Terminal } from './terminal.ts'

/**
 * `volley mcp FLOW.json`: offers the flow as one tool by the Model Context Protocol on standard input and output, until the other side is
 * gone. Nobody is there to approve a call: one that needs it is refused.
 */
export async function mcp(argv: string[], terminal: Terminal, parts: Parts): Promise<ExitCode> {
  const file = onlyFile(readArguments(argv, {}).positionals)
  const read = await readFlow(terminal, file, parts)
  if (!read) return EXIT.usage
  const { flow } = read
  const standalone = await openEngine(terminal, parts)
  if (!standalone) return EXIT.failed
  const served = mcpOverStdio(
    [
      {
        flow,
        async run(given, { signal, onEvent }) {
          const spec = standaloneSpec(flow, given)
          const { runId } = spec
          const refuse = refusingApprovals(standalone.engine, runId, 'nobody is there to approve it')
          const { status, output, error } = await standalone.run(spec, {
            signal,
            onEvent(event) {
              onEvent(event)
              refuse(event)
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
