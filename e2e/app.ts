import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base } from '@playwright/test'
import { Builder } from './builder.ts'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** A server of its own on a free port with a data folder of its own; it can be killed and started again on the same data and port. */
export class App {
  readonly data = fs.mkdtempSync(path.join(os.tmpdir(), 'volley-e2e-'))
  address = ''
  #child: ChildProcess | null = null
  #port = '0'

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['server/src/main.ts', 'serve'], {
      cwd: root,
      env: { ...withoutKeys(), VOLLEY_PORT: this.#port, VOLLEY_DATA: this.data, VOLLEY_EGRESS_ALLOW: '127.0.0.1' },
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

/** No model keys of the machine's owner: the journeys speak to the simulated model alone. */
function withoutKeys(): NodeJS.ProcessEnv {
  const { OPENAI_API_KEY: _o, ANTHROPIC_API_KEY: _a, ...rest } = process.env
  return rest
}

/** `app` is a running server, `builder` drives the page that the printed address opens. */
export const test = base.extend<{ app: App; builder: Builder }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  app: async ({}, use) => {
    const app = new App()
    await app.start()
    await use(app)
    await app.stop()
  },
  builder: async ({ page, app }, use) => {
    const builder = new Builder(page)
    await page.goto(app.address)
    await use(builder)
  },
})

export { expect } from '@playwright/test'
