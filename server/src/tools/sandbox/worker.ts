import { checkSyntax } from './checkSyntax.ts'
import { execute } from './execute.ts'
import type { FetchAnswer, FromWorker, Report, ToWorker } from './protocol.ts'
import { openQuickJs } from './quickJs.ts'

// The sandbox process: one call at a time, each in a fresh context. It ends when the server lets go of it or is gone.

const newContext = await openQuickJs()
// The first context loads what is only loaded then.
await newContext()
// All is there: from here on this process reads no file. (Older versions of Node cannot drop it; they read packages and no more.)
process.permission?.drop?.('fs.read')
// A signal to the whole group is for the server to act on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

const say = (message: FromWorker) => process.send?.(message)
const waiting = new Map<number, (answer: FetchAnswer) => void>()
let fetches = 0

process.on('disconnect', () => process.exit())
process.on('message', (message: ToWorker) => {
  if (message.do === 'answer') {
    waiting.get(message.fetch)?.(message.answer)
    waiting.delete(message.fetch)
  } else {
    void carryOut(message).then((report) => {
      waiting.clear()
      say({ is: 'done', report })
    })
  }
})
say({ is: 'ready' })

async function carryOut(order: Exclude<ToWorker, { do: 'answer' }>): Promise<Report> {
  try {
    const fresh = await newContext()
    if (order.do === 'run')
      return await execute(order, fresh, {
        fetch: (request) =>
          new Promise((resolve) => {
            waiting.set(++fetches, resolve)
            say({ is: 'fetch', fetch: fetches, request })
          }),
        onWaiting: () => say({ is: 'waiting' }),
      })
    return { ending: { is: 'checked', problem: checkSyntax(order.source, fresh.context) }, console: [], spoiled: false }
  } catch (error) {
    return { ending: { is: error instanceof RangeError ? 'recursion' : 'crashed' }, console: [], spoiled: true }
  }
}
