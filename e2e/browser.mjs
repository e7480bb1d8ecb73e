// Finds a Chromium that really starts, and prints its path. Never gives up silently: without a browser the journeys fail, loudly.
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from '@playwright/test'

const SYSTEM = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

const found = (await firstThatStarts(candidates())) ?? (await installed())
if (!found) {
  console.error(`No Chromium was found that starts. Three ways out:
  1. npx playwright install chromium
  2. install Chromium or Google Chrome with your system's packages (on Debian: apt-get install chromium-headless-shell)
  3. set VOLLEY_CHROMIUM to the path of a Chromium`)
  process.exit(1)
}
console.log(found)

function candidates() {
  const own = [process.env.VOLLEY_CHROMIUM, chromium.executablePath(), MAC]
  const folders = (process.env.PATH ?? '').split(':')
  const system = SYSTEM.flatMap((name) => folders.map((folder) => `${folder}/${name}`))
  return [...own, ...system].filter((file) => file && fs.existsSync(file))
}

async function firstThatStarts(files) {
  for (const executablePath of new Set(files)) {
    try {
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
      await browser.close()
      return executablePath
    } catch {
      console.error(`${executablePath} does not start`)
    }
  }
}

/** Installs one: Playwright's own, then, as root on Debian, the distribution's. */
async function installed() {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli')
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: ['ignore', 2, 2], timeout: 240_000 })
  const own = await firstThatStarts(candidates())
  if (own) return own
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) return
  try {
    execFileSync('apt-get', ['update'], { stdio: ['ignore', 2, 2] })
    execFileSync('apt-get', ['install', '-y', 'chromium-headless-shell'], { stdio: ['ignore', 2, 2] })
  } catch {
    return
  }
  return firstThatStarts(candidates())
}
