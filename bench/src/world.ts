import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerParent } from './asking.ts'
import { createJobs } from './jobs.ts'
import { answerAsModel } from './modelServer.ts'
import { answerAsTool } from './toolServer.ts'
import { formatOf } from './wire.ts'

// The world outside what is measured, as a process of its own: a model in three formats and the tools, on one port of 127.0.0.1.

const jobs = createJobs()
const server = http.createServer(async (request, response) => {
  const { url = '/' } = request
  const format = formatOf(url)
  try {
    if (url.startsWith('/tools/')) await answerAsTool(jobs, request, response)
    else if (format) await answerAsModel(jobs, format, request, response)
    else response.writeHead(404).end()
  } catch (fault) {
    // A client that goes away in the middle is part of the measure of broken calls.
    if (!response.destroyed) console.error(fault)
    response.destroy()
  }
})
server.keepAliveTimeout = 60_000
// Thousands of calls may come in one tick.
await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve))

answerParent({
  url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  add: jobs.add,
  take: jobs.take,
})
process.on('disconnect', () => process.exit())
