import type { Parts } from '../deps.ts'
import { parseEnv } from '../env.ts'
import { createLog } from '../log.ts'
import { createRedaction } from '../secrets/redact.ts'
import { ROLES, startServer } from '../server.ts'
import { oneOf, readArguments } from './arguments.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './terminal.ts'

/** For so long calls that run may still end. With what closing takes it is less than the 10 seconds that Docker waits. */
const GRACE_MS = 8_000
/** A terminal and the parent both pass Ctrl-C on: what comes so soon is the same interrupt. Another one cuts the grace short. */
const ECHO_MS = 1_000
/** A stop that takes longer is explained. */
const SAY_AFTER_MS = 500

/** `volley serve`: the server, until it is interrupted or its parent is gone. */
export async function serve(argv: string[], terminal: Terminal, parts: Parts): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, { role: { type: 'string' } })
  const role = oneOf('role', values.role ?? 'all', ROLES)
  if (positionals.length > 0) throw new UsageError('serve takes no arguments: it is set up by VOLLEY_… variables')
  const env = parseEnv(terminal.variables, terminal.cwd)
  if (!env.ok) {
    for (const sentence of env.error) terminal.err(`volley: ${sentence}\n`)
    return EXIT.failed
  }
  const redaction = createRedaction()
  const logger = createLog(undefined, undefined, redaction.text)
  // One forgotten promise must not end the runs of everyone else.
  process.on('unhandledRejection', (err) => logger.error({ err }, 'a promise failed that no one waits for'))
  const server = await startServer(env.value, parts, logger, { redaction, role })
  if (!server.ok) {
    terminal.err(`volley: ${server.error}\n`)
    return EXIT.failed
  }
  terminal.out(`Volley is ready. Open ${server.value.address}\n`)
  const hurry = new AbortController()
  let interruptedAt: number | null = null
  await new Promise<void>((resolve) => {
    terminal.onInterrupt(() => {
      if (interruptedAt !== null && performance.now() - interruptedAt > ECHO_MS) hurry.abort()
      interruptedAt ??= performance.now()
      resolve()
    })
  })
  const told = setTimeout(
    () => terminal.err(`volley: calls that run have ${GRACE_MS / 1000} s to end; interrupt again to stop at once\n`),
    SAY_AFTER_MS,
  )
  await server.value.stop({ graceMs: GRACE_MS, hurry: hurry.signal })
  clearTimeout(told)
  return EXIT.ok
}
