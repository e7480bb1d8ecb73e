import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { RunEvent } from '../../../shared/src/run/events.ts'
import { type Child, startChild } from '../asking.ts'
import type { Used } from '../meter.ts'
import { printedAddress } from '../volleySystem.ts'

/** One of Volley's own servers, as `npm start` starts it, spoken to over its HTTP interface alone. */
export interface FleetServer {
  /** From the start of the process to the address it prints, in milliseconds. */
  startMs: number
  ask<Value>(method: string, resource: string, body?: unknown): Promise<Value>
  /** Begins a run of a saved flow; gives its id. */
  begin(flowId: string): Promise<string>
  /** Reads all that a run's stream says until it ends. */
  follow(runId: string): Promise<void>
  /** The events of a run as they arrive here, each with the time of its arrival: milliseconds since 1970, with fractions. */
  events(runId: string): AsyncGenerator<{ event: RunEvent; arrivedAt: number }>
  meter: { begin(): Promise<void>; end(): Promise<Used> }
  stop(): Promise<void>
  /** As `kill -9` does. */
  kill(): void
}

/** Where a server keeps its runs: in a folder of its own, or in the database that it shares. */
export type Place = { folder: string } | { databaseUrl: string }

const MAIN = path.join(import.meta.dirname, '../../../server/src/main.ts')
const METER = path.join(import.meta.dirname, '../meter.ts')
const TOKEN = 'bench'
const HEADERS = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }

/** Starts a server and waits until it answers. A server that shares a database has a folder for nothing, which goes with it. */
export async function startFleetServer(place: Place, { role }: { role?: 'web' | 'worker' } = {}): Promise<FleetServer> {
  const spare = 'folder' in place ? null : mkdtempSync(path.join(tmpdir(), 'volley-bench-'))
  const began = performance.now()
  const child = startChild(MAIN, {
    args: ['serve', ...(role ? ['--role', role] : [])],
    execArgv: ['--import', METER],
    isQuiet: (line) => line.startsWith('{"level":30,') || line.startsWith('{"level":40,'),
    env: {
      VOLLEY_PORT: '0',
      VOLLEY_TOKEN: TOKEN,
      ...('folder' in place
        ? { VOLLEY_DATA: place.folder }
        : { VOLLEY_DATA: spare ?? '', VOLLEY_DATABASE_URL: place.databaseUrl }),
    },
  })
  const origin = await printedAddress(child)
  const startMs = performance.now() - began
  return { startMs, ...requestsTo(`${origin}/api`), ...lifeOf(child, spare) }
}

function requestsTo(api: string): Pick<FleetServer, 'ask' | 'begin' | 'follow' | 'events'> {
  const answer = async (method: string, resource: string, body?: unknown) => {
    const given = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${api}${resource}`, { method, headers: HEADERS, ...given })
    if (!response.ok) throw new Error(`${method} ${resource} answered ${response.status}: ${await response.text()}`)
    return response
  }
  const ask = async <Value>(...request: Parameters<typeof answer>) => (await (await answer(...request)).json()) as Value
  return {
    ask,
    begin: async (flowId) => (await ask<{ runId: string }>('POST', '/runs', { flowId, input: 'Go.' })).runId,
    async follow(runId) {
      await (await answer('GET', `/runs/${runId}/events`)).arrayBuffer()
    },
    async *events(runId) {
      const { body } = await answer('GET', `/runs/${runId}/events`)
      const decoder = new TextDecoder()
      let text = ''
      for await (const bytes of body ?? []) {
        const arrivedAt = performance.timeOrigin + performance.now()
        text += decoder.decode(bytes, { stream: true })
        const lines = text.split('\n')
        text = lines.pop() ?? ''
        for (const line of lines)
          if (line.startsWith('data: ')) yield { event: JSON.parse(line.slice(6)) as RunEvent, arrivedAt }
      }
    },
  }
}

function lifeOf(child: Child, folder: string | null): Pick<FleetServer, 'meter' | 'stop' | 'kill'> {
  // A measure that fails leaves no server behind.
  const killWithUs = () => void child.process.kill('SIGKILL')
  process.once('exit', killWithUs)
  child.process.once('exit', () => process.off('exit', killWithUs))
  const clear = () => folder && rmSync(folder, { recursive: true, force: true })
  return {
    meter: {
      begin: () => child.ask('meter.begin', { collect: false }),
      end: () => child.ask<Used>('meter.end'),
    },
    async stop() {
      await child.stop()
      clear()
    },
    kill() {
      child.process.kill('SIGKILL')
      clear()
    },
  }
}
