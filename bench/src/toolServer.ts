import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Execution } from './check.ts'
import type { Jobs } from './jobs.ts'
import { type CallArguments, resultOf } from './plan.ts'

/** Plays a tool for one request: answers after the planned time, or breaks as planned, and notes what it was called with and when. */
export async function answerAsTool(jobs: Jobs, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const startedAt = performance.now()
  let text = ''
  for await (const bytes of request.setEncoding('utf8')) text += bytes
  const given = JSON.parse(text) as CallArguments
  const run = jobs.find(given.job)
  const call = run?.plan.calls.find(({ n }) => n === given.n)
  if (!run || !call) {
    response.writeHead(404).end()
    return
  }
  const execution: Execution = { n: call.n, inputs: given.inputs, startedAt, endedAt: null }
  run.executions.push(execution)
  if (call.fault === 'throws') {
    response.writeHead(500, { 'content-type': 'text/plain' }).end('the tool is broken')
    return
  }
  if (call.fault === 'hangs') return
  if (call.fault === 'ignores') return drip(response)
  setTimeout(() => {
    execution.endedAt = performance.now()
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(resultOf(call.n)))
  }, call.durationMs)
}

/** Goes on sending a little for ever, so that waiting for silence does not help either. */
function drip(response: ServerResponse) {
  response.writeHead(200, { 'content-type': 'application/json' })
  const dripping = setInterval(() => response.write(' '), 20)
  response.on('close', () => clearInterval(dripping))
}
