import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { updateTool } from '../../../shared/src/flow/edit.ts'
import {
  type Edge,
  type Flow,
  flowSchema,
  type Parallelism,
  type ScriptedTurn,
  type Tool,
} from '../../../shared/src/flow/flow.ts'
import type { RunEvent } from '../../../shared/src/run/events.ts'
import { type RunState, runFromEvents } from '../../../shared/src/run/state.ts'
import { applyChange, type Change, whatIfOf } from '../../../shared/src/trace/whatIf.ts'
import { startChild } from '../asking.ts'
import { table } from '../table.ts'
import { printedAddress } from '../volleySystem.ts'

/** What a changed flow was predicted to take, and what it took. */
export interface PredictionSample {
  change: string
  wasMs: number
  predictedMs: number
  reallyMs: number
}

/**
 * Runs a flow of mocks on Volley's own server, predicts what a change would make of the run, makes the change in the flow, and runs it again:
 * on a real clock, the simulated model sending the same calls.
 */
export async function measurePredictions(): Promise<PredictionSample[]> {
  const data = mkdtempSync(path.join(tmpdir(), 'volley-bench-'))
  const child = startChild(path.join(import.meta.dirname, '../../../server/src/main.ts'), {
    args: ['serve'],
    isQuiet: (line) => line.startsWith('{"level":30,'),
    env: { VOLLEY_PORT: '0', VOLLEY_TOKEN: TOKEN, VOLLEY_DATA: data },
  })
  const api = `${await printedAddress(child)}/api`
  try {
    const samples: PredictionSample[] = []
    for (const { name, from = 'graph', to = from, changes } of CASES) {
      const before = tripOf(from)
      const all: Change[] = to === from ? changes : [...changes, { change: 'set_parallelism', parallelism: to }]
      const { id } = await ask<{ id: string }>(api, 'POST', '/flows', before)
      // The first run teaches the engine how long tools take, as every flow in use has.
      await runOf(api, id)
      const run = await runOf(api, id)
      const { elapsedMs: predictedMs } = whatIfOf(run, before).play(all)
      const changed = all.reduce(withChange, before)
      await ask(api, 'PUT', `/flows/${id}`, { ...changed, agent: { ...changed.agent, settings: settingsFor(to) } })
      const after = await runOf(api, id)
      samples.push({ change: name, wasMs: elapsedOf(run), predictedMs, reallyMs: elapsedOf(after) })
    }
    return samples
  } finally {
    await child.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

export function predictionsTable(samples: readonly PredictionSample[]): string {
  return table(
    ['change', 'was ms', 'predicted ms', 'really ms', 'off by'],
    samples.map(({ change, wasMs, predictedMs, reallyMs }) => [
      change,
      ...[wasMs, predictedMs, reallyMs].map((ms) => ms.toFixed(0)),
      `${(((predictedMs - reallyMs) / reallyMs) * 100).toFixed(1)} %`,
    ]),
  )
}

const TOKEN = 'bench'
const CASES: { name: string; from?: Parallelism; to?: Parallelism; changes: Change[] }[] = [
  { name: 'a slower tool', changes: [{ change: 'duration', tool: 'rates', meanMs: 2500 }] },
  { name: 'a faster tool', changes: [{ change: 'duration', tool: 'forecast', meanMs: 100 }] },
  { name: 'two calls at once', changes: [{ change: 'run_cap', most: 2 }] },
  { name: 'a cap lifted', changes: [{ change: 'tool_cap', tool: 'forecast', most: null }] },
  { name: 'an edge less', changes: [{ change: 'remove_edge', from: 'rates', to: 'score', kind: 'order' }] },
  { name: 'an edge more', changes: [{ change: 'add_edge', from: 'rates', to: 'forecast', kind: 'order' }] },
  { name: 'graph → batch', to: 'batch', changes: [] },
  { name: 'graph → serial', to: 'serial', changes: [] },
  { name: 'batch → graph', from: 'batch', to: 'graph', changes: [] },
  { name: 'serial → graph', from: 'serial', to: 'graph', changes: [] },
]

const CITIES = ['Paris', 'Rome', 'Oslo']

function tripOf(parallelism: Parallelism): Flow {
  const tool = (name: string, latencyMs: number, policy?: Tool['policy']) => ({
    name,
    parameters: { type: 'object' },
    annotations: { readOnlyHint: true },
    run: { kind: 'mock', latencyMs, result: { code: `${name}_{{city}}` } },
    ...(policy ? { policy } : {}),
  })
  const edge = (from: string, to: string, kind: Edge['kind']) => ({ from, to, kind })
  return flowSchema.parse({
    format: 'volley.flow/1',
    name: 'Trip',
    agent: { provider: 'simulated', model: 'simulated-1', parallelism, settings: settingsFor(parallelism) },
    tools: [tool('geocode', 150), tool('forecast', 400, { concurrency: 1 }), tool('rates', 1200), tool('score', 250)],
    edges: [edge('geocode', 'forecast', 'data'), edge('rates', 'score', 'order'), edge('forecast', 'score', 'data')],
  })
}

/** The same calls as a model would send them: all at once with references, in three messages with values, or one by one. */
function settingsFor(parallelism: Parallelism): NonNullable<Flow['agent']['settings']> {
  const isGraph = parallelism === 'graph'
  const value = (source: string, number: number, city: string) =>
    isGraph ? { from_call: number, path: 'code' } : `${source}_${city}`
  const levels: NonNullable<ScriptedTurn['calls']>[] = [
    [
      ...CITIES.map((city) => ({ tool: 'geocode', arguments: { city } })),
      { tool: 'rates', arguments: { city: 'EUR' } },
    ],
    CITIES.map((city, at) => ({ tool: 'forecast', arguments: { city, at: value('geocode', at + 1, city) } })),
    CITIES.map((city, at) => ({ tool: 'score', arguments: { city, of: value('forecast', at + 5, city) } })),
  ]
  const messages = isGraph ? [levels.flat()] : parallelism === 'batch' ? levels : levels.flat().map((call) => [call])
  return {
    pace: { firstTokenMs: 300, callMs: 60 },
    script: [...messages.map((calls) => ({ calls })), { text: 'Done.' }],
  }
}

function withChange(flow: Flow, change: Change): Flow {
  if (change.change === 'duration')
    return updateTool(flow, change.tool, (tool) => ({
      ...tool,
      run: { ...tool.run, latencyMs: change.meanMs } as Tool['run'],
    }))
  const edited = applyChange(flow, change)
  if (!edited.ok) throw new Error(edited.error)
  return edited.value
}

const elapsedOf = (run: RunState) => run.summary?.elapsedMs ?? Number.NaN

async function runOf(api: string, flowId: string): Promise<RunState> {
  const { runId } = await ask<{ runId: string }>(api, 'POST', '/runs', { flowId, input: 'Go.' })
  // The stream ends with the run.
  const stream = await (await fetch(`${api}/runs/${runId}/events`, { headers: HEADERS })).text()
  const lines = stream.split('\n').filter((line) => line.startsWith('data: '))
  return runFromEvents(lines.map((line) => JSON.parse(line.slice(6)) as RunEvent))
}

const HEADERS = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }

async function ask<Value>(api: string, method: string, resource: string, body: unknown): Promise<Value> {
  const response = await fetch(`${api}${resource}`, { method, headers: HEADERS, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${method} ${resource} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as Value
}
