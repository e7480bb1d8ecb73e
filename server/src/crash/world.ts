import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import type { Plan } from './plans.ts'

interface ChatMessage {
  role: string
  content?: string
  tool_calls?: { id: string }[]
  tool_call_id?: string
}

/**
 * What the killed server talks to, in this process, so that it remembers across the kills: a model that says what the plan of the run's
 * input says (`plan <n>`), and tools that count what was executed under which `Idempotency-Key`.
 */
export async function startWorld({
  plans,
  random,
  toolMs = () => 5 + random() * 60,
  onLate,
}: {
  plans: readonly Plan[]
  random: () => number
  /** How long the next tool takes. */
  toolMs?: () => number
  /** Told of an execution of a call whose end had been seen; a fault where nothing else is said. */
  onLate?: (key: string) => void
}) {
  const executions = new Map<string, number>()
  const isEnded = new Set<string>()
  const asked = new Set<string>()
  const faults: string[] = []

  const server = createServer(async (request, response) => {
    const body = await readJson(request)
    const name = /^\/tools\/(\w+)$/.exec(request.url ?? '')?.[1]
    await (name ? runTool(request, response, body) : sayTurn(response, body.messages as ChatMessage[])).catch(() => {})
  })
  server.listen(0, '127.0.0.1')
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })

  const runTool = async (request: IncomingMessage, response: ServerResponse, body: Record<string, unknown>) => {
    const key = String(request.headers['idempotency-key'])
    const count = (executions.get(key) ?? 0) + 1
    executions.set(key, count)
    if (isEnded.has(key)) {
      if (onLate) onLate(key)
      else faults.push(`${key} was executed after its end had been seen`)
    }
    await sleep(toolMs())
    const status = body.trouble === 'always' || (body.trouble === 'once' && count === 1) ? 503 : 200
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ seen: body.nth ?? null }))
  }

  const sayTurn = async (response: ServerResponse, messages: readonly ChatMessage[]) => {
    checkResults(messages)
    const plan = plans[Number(/plan (\d+)/.exec(messages.findLast(({ role }) => role === 'user')?.content ?? '')?.[1])]
    const turn = messages.filter(({ role }) => role === 'assistant').length
    const calls = plan?.[turn] ?? []
    // Now and then the model hangs up in mid-message, but never twice in the same one: the run must not fail for it.
    const message = `${plans.indexOf(plan ?? [])}.${turn}`
    const hangsUpAt = !asked.has(message) && random() < 0.2 ? Math.floor(random() * (calls.length + 1)) : -1
    asked.add(message)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const say = (delta: object, finish_reason: string | null = null) =>
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`)
    for (const [index, { tool, arguments: args }] of calls.entries()) {
      await sleep(random() * 15)
      if (index === hangsUpAt) return void response.destroy()
      const text = JSON.stringify(args)
      const half = Math.floor(text.length / 2)
      say({
        tool_calls: [
          {
            index,
            id: `c${turn}_${index}`,
            type: 'function',
            function: { name: tool, arguments: text.slice(0, half) },
          },
        ],
      })
      say({ tool_calls: [{ index, function: { arguments: text.slice(half) } }] })
    }
    await sleep(random() * 30)
    if (hangsUpAt === calls.length) return void response.destroy()
    if (calls.length === 0) say({ content: 'Done.' })
    say({}, calls.length > 0 ? 'tool_calls' : 'stop')
    response.end('data: [DONE]\n\n')
  }

  /** Exactly one result for every call, in emission order, right after the message that asked for it. */
  const checkResults = (messages: readonly ChatMessage[]) => {
    messages.forEach(({ tool_calls: asked = [] }, at) => {
      const answers = messages.slice(at + 1, at + 1 + asked.length).map(({ tool_call_id }) => tool_call_id)
      if (asked.some(({ id }, index) => answers[index] !== id))
        faults.push(`the results after message ${at} are not its own`)
    })
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    executionsOf: (run: string, call: number) => executions.get(`${run}:${call}`) ?? 0,
    /** From now on an execution of this call is a fault. */
    sawEnd: (run: string, call: number) => void isEnded.add(`${run}:${call}`),
  }
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const part of request) text += part
  return text === '' ? {} : JSON.parse(text)
}
