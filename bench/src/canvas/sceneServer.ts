import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openPage } from '../../../server/src/http/page.ts'
import type { Flow } from '../../../shared/src/flow/flow.ts'
import type { RunEvent } from '../../../shared/src/run/events.ts'
import { frameOf } from '../../../shared/src/run/frames.ts'
import { SCENE } from './scene.ts'

// The other end of both pages: the built files, one flow, and one run whose events are said when the measure wants them said.

export interface SceneServer {
  origin: string
  /** What is served from now on; a run that goes on where there are events. */
  play(flow: Flow, events?: readonly RunEvent[]): void
  /** Says more events of the run to whoever listens. */
  push(events: readonly RunEvent[]): void
  /** How many read the run's events now. */
  listeners(): number
  close(): void
}

/** Serves Volley's page under its own addresses and the bare one under `/bare/`. */
export async function startSceneServer(pages: { volley: string; bare: string }): Promise<SceneServer> {
  const files = { volley: openPage(pages.volley), bare: openPage(pages.bare) }
  const listening = new Set<ServerResponse>()
  let flow: Flow | null = null
  let said: RunEvent[] | null = null

  const answers: Record<string, () => unknown> = {
    [`GET /api/flows/${SCENE}`]: () => ({ id: SCENE, version: 1, flow, createdAt: NOW, updatedAt: NOW }),
    [`GET /api/runs/${SCENE}/flow`]: () => flow,
    'GET /api/runs': () => ({ items: said ? [{ id: SCENE, summary: null }] : [] }),
    'POST /api/flows/validate': () => ({ valid: true, problems: [] }),
    'GET /api/info': () => ({ version: 'bench', providers: [] }),
  }
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bench')
    if (pathname === `/api/runs/${SCENE}/events`) {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      listening.add(response)
      response.on('close', () => listening.delete(response))
      response.write((said ?? []).map(frameOf).join(''))
      return
    }
    if (pathname.startsWith('/api/')) {
      const body = answers[`${request.method} ${pathname}`]?.() ?? { items: [] }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      return
    }
    const isBare = pathname.startsWith('/bare/')
    const page = isBare ? files.bare : files.volley
    const file = await page.file(isBare ? pathname.slice('/bare'.length) : pathname)
    if (file) response.writeHead(200, { 'content-type': file.type }).end(file.bytes)
    else response.writeHead(200, { 'content-type': 'text/html' }).end(await page.index())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    play(next, events) {
      flow = next
      said = events ? [...events] : null
    },
    push(events) {
      said?.push(...events)
      for (const response of listening) response.write(events.map(frameOf).join(''))
    },
    listeners: () => listening.size,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const NOW = new Date(0).toISOString()
