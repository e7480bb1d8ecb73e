import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core'
import { codeFault, importFault, type ThrownError } from './codeFault.ts'
import { createConsoleLines } from './consoleLines.ts'
import { PRELUDE } from './prelude.ts'
import {
  type CodeFault,
  type Ending,
  type FetchAnswer,
  type FetchRequest,
  MOST_CONSOLE_CHARACTERS,
  MOST_RESULT_BYTES,
  type Report,
  type RunOrder,
  SOURCE_FILE,
} from './protocol.ts'
import type { FreshContext } from './quickJs.ts'

// Executes one source in a fresh context, inside the sandbox process. Nothing is disposed: the context's whole memory is dropped.

export interface ExecuteMeans {
  fetch(request: FetchRequest): Promise<FetchAnswer>
  /** Told whenever there is nothing to compute until an answer comes. */
  onWaiting(): void
  /** Whether nobody waits for the outcome any more. */
  isAlone(): boolean
}

const JOBS_AT_ONCE = 1000

export async function execute(
  order: RunOrder,
  { context, isFull }: FreshContext,
  means: ExecuteMeans,
): Promise<Report> {
  const { lines, print } = createConsoleLines()
  const end = performance.now() + order.deadlineMs
  const isLate = () => performance.now() >= end
  let refused: CodeFault | null = null
  context.runtime.setModuleLoader(
    (name) => {
      refused ??= importFault(name, order.source)
      return { error: new Error(refused.message) }
    },
    (_base, name) => name,
  )

  const open = new Set<Promise<void>>()
  const ask = context.newFunction('ask', (request) => {
    const deferred = context.newPromise()
    const answered = means.fetch(JSON.parse(context.getString(request))).then((answer) => {
      deferred.resolve(context.newString(JSON.stringify(answer)))
      open.delete(answered)
    })
    open.add(answered)
    return deferred.handle
  })

  const host = {
    print: context.newFunction('print', (level, text) => print(context.getString(level), context.getString(text))),
    ask: order.mayFetch ? ask : context.undefined,
    most: context.newNumber(MOST_CONSOLE_CHARACTERS),
  }
  const prelude = context.unwrapResult(context.evalCode(PRELUDE, 'prelude.js'))
  const tools = context.unwrapResult(context.callFunction(prelude, context.undefined, host.print, host.ask, host.most))
  // Not before: what is ours must be whole, however little time is left.
  context.runtime.setInterruptHandler(() => isLate() || means.isAlone())
  const invoke = context.getProp(tools, 'invoke')
  const describe = context.getProp(tools, 'describe')

  const failed = (error: QuickJSHandle): Ending => {
    if (isLate()) return { is: 'timeout' }
    const thrown = describeError(context, describe, error)
    if (isLate()) return { is: 'timeout' }
    // Without memory for even an error QuickJS throws null.
    if (thrown.message === 'null' && isFull()) return { is: 'memory' }
    if (thrown.name === 'InternalError' && thrown.message === 'out of memory') return { is: 'memory' }
    if (thrown.name === 'InternalError' && thrown.message === 'stack overflow') return { is: 'recursion' }
    return {
      is: 'threw',
      fault: refused && thrown.message === refused.message ? refused : codeFault(thrown, order.source),
    }
  }

  const start = (): Ending | QuickJSHandle => {
    const module = context.evalCode(order.source, SOURCE_FILE, { type: 'module' })
    if (module.error) return failed(module.error)
    const called = context.callFunction(invoke, context.undefined, module.value, context.newString(order.argumentsJson))
    return called.error ? failed(called.error) : called.value
  }

  /** Runs what is to be run; null when it all waits for something. */
  const pump = (promise: QuickJSHandle): Ending | null => {
    for (;;) {
      if (isLate()) return { is: 'timeout' }
      const jobs = context.runtime.executePendingJobs(JOBS_AT_ONCE)
      if (jobs.error) return failed(jobs.error)
      const state = context.getPromiseState(promise)
      if (state.type === 'fulfilled') return resultOf(context.getString(state.value))
      if (state.type === 'rejected') return failed(state.error)
      if (jobs.value === 0) return null
    }
  }

  const go = async (): Promise<Ending> => {
    const started = start()
    if ('is' in started) return started
    for (;;) {
      const ending = pump(started)
      if (ending) return ending
      if (open.size === 0) return { is: 'endless' }
      means.onWaiting()
      if (!(await within(Math.max(0, end - performance.now()), Promise.race(open)))) return { is: 'timeout' }
    }
  }

  try {
    const ending = await go()
    return { ending, console: lines, spoiled: ending.is === 'memory' }
  } catch (error) {
    // The machine's own stack ended before QuickJS's, or QuickJS itself gave up: its memory is in no known state.
    return { ending: { is: error instanceof RangeError ? 'recursion' : 'crashed' }, console: lines, spoiled: true }
  }
}

function resultOf(json: string): Ending {
  const bytes = Buffer.byteLength(json)
  return bytes > MOST_RESULT_BYTES ? { is: 'too large', bytes } : { is: 'result', json }
}

function describeError(context: QuickJSContext, describe: QuickJSHandle, error: QuickJSHandle): ThrownError {
  const described = context.callFunction(describe, context.undefined, error)
  if (described.error) return { name: 'InternalError', message: 'out of memory', stack: '' }
  return JSON.parse(context.getString(described.value)) as ThrownError
}

/** Whether the promise settled before the time was over. */
function within(ms: number, promise: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms)
    promise.then(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}
