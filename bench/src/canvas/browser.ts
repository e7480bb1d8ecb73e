import { execFileSync } from 'node:child_process'
import path from 'node:path'
import type { Browser, CDPSession, Page } from '@playwright/test'
import { fromRoot } from '../fromRoot.ts'

// A headless Chromium, and what its pages cost. Times are CPU times of threads and processes: a busy machine makes them longer by
// far less than a clock would.

const ROOT = path.join(import.meta.dirname, '../../..')

/** What a page's main thread, and the browser as a whole, worked between two moments, in milliseconds. */
export interface Cost {
  script: number
  /** All tasks of the main thread, script among them. */
  main: number
  /** Every thread of the page's process and of the one that draws. */
  processes: number
}

export async function startBrowser(): Promise<Browser> {
  const executablePath = execFileSync(process.execPath, [path.join(ROOT, 'e2e/browser.mjs')], {
    encoding: 'utf8',
  }).trim()
  const playwright = await fromRoot<{ default: typeof import('@playwright/test') }>('@playwright/test', 'e2e')
  return playwright.default.chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
}

/** Opens a page of its own, not yet anywhere, and hands it with its meter to `use`. */
export async function withPage<Value>(
  browser: Browser,
  use: (page: Page, meter: PageMeter) => Promise<Value>,
): Promise<Value> {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, colorScheme: 'dark' })
  try {
    const page = await context.newPage()
    // The origin's process is there before anything counts.
    await page.goto('about:blank')
    const cdp = await context.newCDPSession(page)
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    return await use(page, new PageMeter(cdp, await browser.newBrowserCDPSession()))
  } finally {
    await context.close()
  }
}

export class PageMeter {
  readonly #page: CDPSession
  readonly #browser: CDPSession
  constructor(page: CDPSession, browser: CDPSession) {
    this.#page = page
    this.#browser = browser
  }

  /** What it costs to do something. */
  async costOf(act: () => Promise<void>): Promise<Cost> {
    const before = await this.#read()
    await act()
    const after = await this.#read()
    return {
      script: after.script - before.script,
      main: after.main - before.main,
      processes: after.processes - before.processes,
    }
  }

  async profile(act: () => Promise<void>): Promise<unknown> {
    await this.#page.send('Profiler.enable')
    await this.#page.send('Profiler.setSamplingInterval', { interval: 200 })
    await this.#page.send('Profiler.start')
    await act()
    return (await this.#page.send('Profiler.stop')).profile
  }

  async #read(): Promise<Cost> {
    const { metrics } = await this.#page.send('Performance.getMetrics')
    const seconds = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
    const { processInfo } = await this.#browser.send('SystemInfo.getProcessInfo')
    const drawing = processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU')
    return {
      script: seconds('ScriptDuration') * 1000,
      main: seconds('TaskDuration') * 1000,
      processes: drawing.reduce((sum, { cpuTime }) => sum + cpuTime, 0) * 1000,
    }
  }
}
