import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Jobs, RunLog } from './jobs.ts'
import { argumentsOf, nextCalls, type PlanCall } from './plan.ts'
import { createWire, type Format, type RequestBody, returnedIn, type Wire } from './wire.ts'

const ANSWER = ['All ', 'results ', 'are ', 'in; ', 'here ', 'is ', 'the ', 'answer.']

/** Plays the model for one request. The model's name is the key of the run; what it says follows from the results in the request. */
export async function answerAsModel(
  jobs: Jobs,
  format: Format,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const arrivedAt = performance.now()
  let text = ''
  for await (const bytes of request.setEncoding('utf8')) text += bytes
  const body = JSON.parse(text) as RequestBody & { model: string }
  const run = jobs.find(body.model)
  if (!run) {
    response.writeHead(404, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { message: `no run is called ${body.model}` } }))
    return
  }
  run.requests++
  run.returned = returnedIn(format, body).map(({ id, text }) => ({ n: Number(id.replace('call_', '')), text }))
  const calls = nextCalls(run.plan, run.mode, new Set(run.returned.map(({ n }) => n)))
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const speaker = { run, wire: createWire(format, body.model), response, arrivedAt }
  if (calls.length > 0) await writeCalls(speaker, body.model, calls)
  else await writeAnswer(speaker)
  response.end(speaker.wire.end())
}

interface Speaker {
  run: RunLog
  wire: Wire
  response: ServerResponse
  arrivedAt: number
}

/** Times are counted from the request's arrival, so that one late timer does not make all that follow late. */
async function writeCalls({ run, wire, response, arrivedAt }: Speaker, key: string, calls: PlanCall[]) {
  const { pace, plan, mode } = run
  for (const [index, call] of calls.entries()) {
    await until(arrivedAt + pace.firstTokenMs + (index + 1) * pace.perCallMs)
    const argumentsText = JSON.stringify(argumentsOf(key, plan, call, mode))
    const said = wire.call({ id: `call_${call.n}`, tool: call.tool, argumentsText })
    response.write(index === 0 ? wire.open() + said : said)
    run.writtenAt[call.n] = performance.now()
  }
}

async function writeAnswer({ run: { pace }, wire, response, arrivedAt }: Speaker) {
  const first = Math.min(pace.firstTokenMs, pace.answerMs)
  for (const [index, word] of ANSWER.entries()) {
    await until(arrivedAt + first + ((pace.answerMs - first) * (index + 1)) / ANSWER.length)
    response.write(index === 0 ? wire.open() + wire.text(word) : wire.text(word))
  }
}

/** Resolves at that time; at once, without leaving the tick's queue, when it is there. */
function until(at: number): Promise<void> | undefined {
  const ms = at - performance.now()
  return ms <= 0 ? undefined : new Promise((resolve) => setTimeout(resolve, ms))
}
