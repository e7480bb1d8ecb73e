import { parseEnv } from '@volley/server/env.ts'
import { createLog } from '@volley/server/log.ts'
import { PARTS } from '@volley/server/parts.ts'
import { type RunningServer, startServer } from '@volley/server/server.ts'

// Holds whole servers for one worker of the tests: each has a port and a data folder of its own, and only what they are read from is
// loaded once, which is most of what a start takes. Speaks over the channel of its parent, and ends with it.

/** What the parent says: start a server with these variables, or stop it. */
export type HostRequest = { id: number; start: Record<string, string | undefined> } | { id: number; stop: true }
/** What it is answered: the address to open (an empty text once stopped), or why not. */
export type HostAnswer = { id: number; address: string } | { id: number; fault: string }

const servers = new Map<number, RunningServer>()

process.on('message', (request: HostRequest) => {
  perform(request).then(
    (address) => process.send?.({ id: request.id, address } satisfies HostAnswer),
    (error) => process.send?.({ id: request.id, fault: String(error?.message ?? error) } satisfies HostAnswer),
  )
})
process.on('disconnect', () => process.exit())

async function perform(request: HostRequest): Promise<string> {
  if ('stop' in request) {
    await servers.get(request.id)?.stop()
    servers.delete(request.id)
    return ''
  }
  const env = parseEnv(request.start, process.cwd())
  if (!env.ok) throw new Error(env.error.join(' '))
  const server = await startServer(env.value, PARTS, createLog('warn'))
  if (!server.ok) throw new Error(server.error)
  servers.set(request.id, server.value)
  return server.value.address
}
