import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Child, startChild } from './asking.ts'
import type { Execution } from './check.ts'
import { type FlowOptions, flowOf } from './flowOf.ts'
import type { Used } from './meter.ts'
import type { CallArguments, Job } from './plan.ts'
import type { Outcome, System } from './system.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const TOKEN = 'bench'
const METER = path.join(import.meta.dirname, 'meter.ts')

/** The events of a run that are read here. */
interface Event {
  type: string
  at: number
  call?: number
  arguments?: CallArguments
  status?: string
  output?: string | null
  error?: { message: string }
}

/** Starts Volley's own server, as `npm start` does, on a new data folder; runs are started and followed over its HTTP interface alone. */
export async function startVolley(
  world: string,
  { profileFolder, ...options }: { profileFolder?: string } & FlowOptions = {},
): Promise<System> {
  const data = mkdtempSync(path.join(tmpdir(), 'volley-bench-'))
  const profile = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : []
  const child = startChild(path.join(ROOT, 'server/src/main.ts'), {
    args: ['serve'],
    execArgv: ['--expose-gc', '--import', METER, ...profile],
    // Its log tells of every start and stop.
    isQuiet: (line) => line.startsWith('{"level":30,'),
    env: {
      VOLLEY_PORT: '0',
      VOLLEY_TOKEN: TOKEN,
      VOLLEY_DATA: data,
      VOLLEY_EGRESS_ALLOW: '127.0.0.1',
      OPENAI_BASE_URL: `${world}/v1`,
      OPENAI_API_KEY: 'none',
      ANTHROPIC_BASE_URL: world,
      ANTHROPIC_API_KEY: 'none',
    },
  })
  const api = `${await printedAddress(child)}/api`
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  let flowId = ''

  const post = async <Value>(resource: string, body: unknown): Promise<Value> => {
    const response = await fetch(`${api}/${resource}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`POST /${resource} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as Value
  }

  const runOne = async (key: string): Promise<Outcome> => {
    const began = performance.now()
    const { runId } = await post<{ runId: string }>('runs', { flowId, input: 'Go.', overrides: { model: key } })
    const response = await fetch(`${api}/runs/${runId}/events`, { headers })
    const bytes: Uint8Array[] = []
    for await (const piece of response.body ?? []) bytes.push(piece)
    const elapsedMs = performance.now() - began
    return outcomeOf(eventsOf(Buffer.concat(bytes).toString('utf8')), elapsedMs)
  }

  return {
    name: 'volley',
    mode: 'one-turn',
    async prepare(job: Job) {
      const saved = await post<{ id: string }>('flows', flowOf(job, world, options))
      flowId = saved.id
    },
    run: (keys) => Promise.all(keys.map(runOne)),
    meter: { begin: (options) => child.ask('meter.begin', options), end: () => child.ask<Used>('meter.end') },
    async stop() {
      await child.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** The address that a Volley server prints once it listens. */
export function printedAddress(child: Child): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0]
      if (address) resolve(address)
    })
    child.process.once('exit', () => reject(new Error(`Volley ended before it was ready: ${printed}`)))
  })
}

function eventsOf(stream: string): Event[] {
  return stream
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice(6)) as Event)
}

function outcomeOf(events: Event[], elapsedMs: number): Outcome {
  const executions: Execution[] = []
  for (const { type, at, call = 0, arguments: given } of events) {
    if (type === 'call.started') executions.push({ n: call, inputs: given?.inputs ?? [], startedAt: at, endedAt: null })
    const open = executions.findLast((execution) => execution.n === call)
    if (type === 'call.succeeded' && open) open.endedAt = at
  }
  const last = events.at(-1)
  const ended = last?.type === 'run.finished' ? last : undefined
  return {
    elapsedMs,
    answer: ended?.status === 'succeeded' ? (ended.output ?? null) : null,
    ...(ended?.error ? { error: ended.error.message } : {}),
    executions,
  }
}
