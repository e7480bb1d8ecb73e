import { fork } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { setPriority } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FromWorker, ToWorker } from './protocol.ts'
import { readWorkerMessage } from './workerMessage.ts'

/** A process as the pool sees it. */
export interface Worker {
  send(order: ToWorker): void
  /** Ends it at once, whatever it does. */
  kill(): void
}

export interface WorkerEvents {
  onMessage(message: FromWorker): void
  /** It is gone; comes once, last. `said` is what it wrote about it. */
  onExit(said: string): void
}

export type LaunchWorker = (events: WorkerEvents) => Worker

const FOLDER = path.dirname(fileURLToPath(import.meta.url))
const MOST_SAID = 2000
/** About a third of the server's share where both want the processor. */
const LOWER_PRIORITY = 5

/**
 * Starts a sandbox process: this Node, with an empty environment, no handle of ours but the channel, and of Node's own permissions none
 * but to read the sandbox and the packages it is made of. It yields to the server where both want the processor.
 */
export const launchWorker: LaunchWorker = ({ onMessage, onExit }) => {
  const child = fork(path.join(FOLDER, 'worker.ts'), [], {
    execPath: process.execPath,
    execArgv: [
      '--permission',
      ...readableFolders().map((folder) => `--allow-fs-read=${folder}`),
      '--disallow-code-generation-from-strings',
      '--no-addons',
      '--max-old-space-size=128',
    ],
    env: {},
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr?.on('data', (part: Buffer) => {
    said = (said + part).slice(-MOST_SAID)
  })
  let isGone = false
  const gone = (why: string) => {
    if (isGone) return
    isGone = true
    onExit(why)
  }
  child.on('message', (message) => {
    const read = readWorkerMessage(message)
    if (!read) return void child.kill('SIGKILL')
    // From here on it runs what others wrote; to start is our own work.
    if (read.is === 'ready' && child.pid !== undefined) yieldToServer(child.pid)
    onMessage(read)
  })
  child.on('error', (error) => {
    gone(error.message)
    child.kill('SIGKILL')
  })
  child.on('exit', () => gone(said))
  return {
    // One that is just gone cannot be told anything; its exit says so.
    send: (order) => void child.send(order, () => {}),
    kill: () => void child.kill('SIGKILL'),
  }
}

function yieldToServer(pid: number) {
  try {
    setPriority(pid, LOWER_PRIORITY)
  } catch {
    // It is gone already, or this system does not let us: then both have equal shares.
  }
}

/** The sandbox's own files, and the folders of packages above it. */
function readableFolders(): string[] {
  const folders = [FOLDER]
  for (let folder = FOLDER; ; folder = path.dirname(folder)) {
    const packages = path.join(folder, 'node_modules')
    if (existsSync(packages)) folders.push(packages, realpathSync(packages))
    if (folder === path.dirname(folder)) return [...new Set(folders)]
  }
}
