import { type ChildProcess, fork, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base } from '@playwright/test'
import { Builder } from './builder.ts'
import type { HostAnswer, HostRequest } from './serverHost.ts'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** A server on a free port with a data folder of its own. */
export interface App {
  data: string
  address: string
}

/** A server in a process of its own; it can be killed and started again on the same data and port. */
export class AppProcess implements App {
  readonly data = dataFolder()
  address = ''
  #child: ChildProcess | null = null
  #port = '0'

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['server/src/main.ts', 'serve'], {
      cwd: root,
      env: variables(this.data, this.#port),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    let output = ''
    child.stderr?.on('data', (bytes) => {
      output += bytes
    })
    this.address = await new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', (bytes) => {
        output += bytes
        const found = /http:\/\/\S+\?token=\S+/.exec(output)
        if (found) resolve(found[0])
      })
      child.on('exit', () => reject(new Error(`the server ended before it listened: ${output}`)))
    })
    this.#port = new URL(this.address).port
  }

  /** Kills the server at once, as a crash would. */
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }

  async stop(): Promise<void> {
    await this.kill()
    fs.rmSync(this.data, { recursive: true, force: true })
  }
}

/** The process that holds a worker's servers: to load what a server is made of takes longer than to start one. */
class Host {
  readonly #child = fork('e2e/serverHost.ts', { cwd: root, execPath: process.execPath, execArgv: [] })
  #asked = 0
  readonly #waiting = new Map<number, (answer: HostAnswer) => void>()

  constructor() {
    this.#child.on('message', (answer: HostAnswer) => this.#waiting.get(answer.id)?.(answer))
    this.#child.on('exit', () => {
      for (const [id, tell] of this.#waiting) tell({ id, fault: 'the process of the servers ended' })
    })
  }

  async start(data: string): Promise<{ address: string; stop(): Promise<void> }> {
    const id = this.#asked++
    const address = await this.#ask({ id, start: variables(data, '0') })
    return {
      address,
      stop: async () => {
        await this.#ask({ id, stop: true })
      },
    }
  }

  end(): void {
    this.#child.disconnect()
  }

  async #ask(request: HostRequest): Promise<string> {
    const answer = await new Promise<HostAnswer>((resolve) => {
      this.#waiting.set(request.id, resolve)
      this.#child.send(request)
    })
    this.#waiting.delete(request.id)
    if ('fault' in answer) throw new Error(answer.fault)
    return answer.address
  }
}

function dataFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'volley-e2e-'))
}

/** No model keys of the machine's owner: the journeys speak to the simulated model alone. */
function variables(data: string, port: string): NodeJS.ProcessEnv {
  const { OPENAI_API_KEY: _o, ANTHROPIC_API_KEY: _a, ...rest } = process.env
  return { ...rest, VOLLEY_PORT: port, VOLLEY_DATA: data, VOLLEY_EGRESS_ALLOW: '127.0.0.1' }
}

/** `app` is a running server, `builder` drives the page that the printed address opens. */
export const test = base.extend<{ app: App; builder: Builder }, { host: Host }>({
  host: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const host = new Host()
      await use(host)
      host.end()
    },
    { scope: 'worker' },
  ],
  app: async ({ host }, use) => {
    const data = dataFolder()
    const server = await host.start(data)
    await use({ data, address: server.address })
    await server.stop()
    fs.rmSync(data, { recursive: true, force: true })
  },
  builder: async ({ page, app }, use) => {
    const builder = new Builder(page)
    await page.goto(app.address)
    await use(builder)
  },
})

/** As `test`, with a server that can be killed. */
export const testOfProcess = test.extend<{ app: AppProcess }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  app: async ({}, use) => {
    const app = new AppProcess()
    await app.start()
    await use(app)
    await app.stop()
  },
})

export { expect } from '@playwright/test'
