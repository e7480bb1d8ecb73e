import { type ChildProcess, fork } from 'node:child_process'
import { createInterface } from 'node:readline'

// Questions and answers between a process and its child, over the channel that Node gives them.

interface Question {
  id: number
  kind: string
  what: unknown
}
interface Answer {
  id: number
  value?: unknown
  error?: string
}

export interface Child {
  process: ChildProcess
  /** Asks the child something it answers with `answerParent`; rejects when it fails or is gone. */
  ask<Value>(kind: string, what?: unknown): Promise<Value>
  /** Ends the child and waits until it is gone. */
  stop(): Promise<void>
}

/** Starts a file with this Node; its error output goes to ours, but for lines that `isQuiet` names. */
export function startChild(
  file: string,
  {
    args = [],
    env = {},
    execArgv = [],
    isQuiet = () => false,
  }: {
    args?: string[]
    env?: Record<string, string>
    execArgv?: string[]
    isQuiet?: (line: string) => boolean
  } = {},
): Child {
  const child = fork(file, args, {
    env: { ...process.env, ...env },
    execArgv,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'json',
  })
  if (child.stderr)
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!isQuiet(line)) process.stderr.write(`${line}\n`)
    })
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      for (const question of open.values()) question.reject(new Error(`${file} ended (${signal ?? code})`))
      resolve()
    })
  })
  child.on('message', ({ id, value, error }: Answer) => {
    const question = open.get(id)
    open.delete(id)
    if (error === undefined) question?.resolve(value)
    else question?.reject(new Error(error))
  })
  let last = 0
  return {
    process: child,
    ask: <Value>(kind: string, what?: unknown) =>
      new Promise<Value>((resolve, reject) => {
        const id = ++last
        open.set(id, { resolve: (value) => resolve(value as Value), reject })
        child.send({ id, kind, what } satisfies Question)
      }),
    async stop() {
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await gone
      clearTimeout(patience)
    },
  }
}

/** In the child: answers its parent's questions of these kinds. Those of other kinds are left to others. */
export function answerParent(answers: Record<string, (what: never) => unknown>): void {
  process.on('message', async ({ id, kind, what }: Question) => {
    const answer = Object.hasOwn(answers, kind) ? answers[kind] : undefined
    if (!answer) return
    const said: Answer = await Promise.resolve()
      .then(() => answer(what as never))
      .then(
        (value) => ({ id, value }),
        (error: unknown) => ({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      )
    process.send?.(said)
  })
}
