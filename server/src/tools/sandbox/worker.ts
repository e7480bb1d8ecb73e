import { checkSyntax } from './checkSyntax.ts'
import { execute } from './execute.ts'
import type { FetchAnswer, FromWorker, Report, ToWorker } from './protocol.ts'
import { openQuickJs } from './quickJs.ts'

// The sandbox process: one call at a time, each in a fresh context. It ends when the server lets go of it or is gone.

const WARM_UP = `export default async ({ list }) => {
  await null
  console.log(list.map((n) => String(n)))
  const deep = (n) => deep(n + 1) + 1
  return deep(0)
}`

const newContext = await openQuickJs()
// The first execution loads and compiles what is only made then: no call should have to wait for it.
await execute(
  { do: 'run', source: WARM_UP, argumentsJson: '{"list":[1]}', deadlineMs: 1000, mayFetch: false },
  await newContext(),
  { fetch: async () => ({ ok: false, message: '' }), onWaiting() {}, isAlone: () => false },
)
// All is there: from here on this process reads no file. (Older versions of Node cannot drop it; they read packages and no more.)
process.permission?.drop?.('fs.read')
// A signal to the whole group is for the server to act on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

const say = (message: FromWorker) => process.send?.(message)
const server = process.ppid
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
        // A loop hears nothing of a server that was killed, but it can see that it has another parent.
        isAlone: () => process.ppid !== server,
      })
    return { ending: { is: 'checked', problem: checkSyntax(order.source, fresh.context) }, console: [], spoiled: false }
  } catch (error) {
    return { ending: { is: error instanceof RangeError ? 'recursion' : 'crashed' }, console: [], spoiled: true }
  }
}
