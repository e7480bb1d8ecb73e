import { execFileSync } from 'node:child_process'
import type { Clock } from '../../engine/ports.ts'
import { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts'

/** Real time, as the server has it. */
export const realClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

/** A sandbox with real processes, for tests; whoever makes it closes it. */
export function aSandbox(more: Partial<SandboxOptions> = {}): Sandbox {
  return createSandbox({ clock: realClock, egress: null, size: 2, ...more })
}

const never = new AbortController().signal

export function codeRunner(sandbox: Sandbox) {
  const run = (
    source: string,
    given: Record<string, unknown> = {},
    { timeoutMs = 5000, owner = 'run-1', signal = never } = {},
  ) => sandbox.run({ source, arguments: given, owner, timeoutMs }, signal)
  const problem = async (...asked: Parameters<typeof run>) => {
    const outcome = await run(...asked)
    if (outcome.ok) throw new Error(`it went well: ${JSON.stringify(outcome.result)}`)
    return { code: outcome.code, message: outcome.message }
  }
  return { run, problem }
}

/** The sandbox processes that this process has now. */
export function sandboxProcesses(): number[] {
  const listed = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
  return listed
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((row) => Number(row?.[2]) === process.pid && row?.[3]?.includes('sandbox/worker.ts'))
    .map((row) => Number(row?.[1]))
}
