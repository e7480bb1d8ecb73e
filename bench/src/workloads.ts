import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Pace, Plan, PlanCall } from './plan.ts'
import { seeded } from './seeded.ts'

/** Plans that are read as one row of the results. */
export interface Workload {
  group: string
  plan: Plan
  pace: Pace
  tools: 'http' | 'timers'
}

/** The data set's model and durations are played this many times as fast. */
export const SCALE = 6

/** A model with short answers and tools that are quicker than a turn: there the number of turns decides. */
export const QUICK: Pace = { firstTokenMs: 200, perCallMs: 20, answerMs: 200 }
const QUICK_TOOL_MS = 50

const DATA = path.join(import.meta.dirname, '../data')
const { model_ms } = JSON.parse(readFileSync(path.join(DATA, 'model.json'), 'utf8')) as {
  model_ms: { first_token_ms: number; per_call_emit_ms: number; final_answer_ms: number }
}

/** The model of the data set, scaled. */
export const PAPER: Pace = {
  firstTokenMs: model_ms.first_token_ms / SCALE,
  perCallMs: model_ms.per_call_emit_ms / SCALE,
  answerMs: model_ms.final_answer_ms / SCALE,
}
const PAPER_TOOL_MS = 600 / SCALE

/** Every graph, twice: with quick tools, and with the times of the data set. */
export function graphWorkloads({ seeds, entries }: { seeds: number; entries: number }): Workload[] {
  const both = (group: string, plan: (toolMs: number) => Plan): Workload[] => [
    { group: `${group}, quick tools`, plan: plan(QUICK_TOOL_MS), pace: QUICK, tools: 'http' },
    { group: `${group}, paper's times`, plan: plan(PAPER_TOOL_MS), pace: PAPER, tools: 'http' },
  ]
  const random = Array.from({ length: seeds }, (_, seed) =>
    both('random graphs of 12', (toolMs) => randomGraph(seed + 1, 12, toolMs)),
  )
  return [
    ...both('chain-5', (toolMs) => chain(5, toolMs, 'data')),
    ...both('chain-5, order edges', (toolMs) => chain(5, toolMs, 'order')),
    ...both('diamond 4+2+1', diamond),
    ...both('two searches and a join', join),
    ...random.flat(),
    ...recorded('movie.jsonl', 'movie', entries),
    ...recorded('parallelqa.jsonl', 'ParallelQA', entries),
    { group: 'staggered emission', plan: staggered(100), pace: { ...QUICK, perCallMs: 100 }, tools: 'http' },
  ]
}

/** `count` independent calls written in one burst, each of 300 ms. */
export function fanOut(count: number, tools: 'http' | 'timers'): Workload {
  const calls = Array.from({ length: count }, (_, index) => call(index + 1, 'task', [], 300))
  const kind = tools === 'http' ? 'tools over HTTP' : 'timers as tools'
  return {
    group: `fan-out of ${count}, ${kind}`,
    plan: { name: `fan-out-${count}`, edges: 'data', calls },
    pace: { ...QUICK, perCallMs: 0 },
    tools,
  }
}

/** Three independent calls: what each of many concurrent runs does. */
export function threeCalls(tools: 'http' | 'timers'): Workload {
  return { ...fanOut(3, tools), group: 'runs of 3 calls', pace: QUICK }
}

const call = (n: number, tool: string, deps: number[], durationMs: number): PlanCall => ({ n, tool, deps, durationMs })

function chain(length: number, toolMs: number, edges: 'data' | 'order'): Plan {
  const calls = Array.from({ length }, (_, index) => call(index + 1, `step_${index + 1}`, index ? [index] : [], toolMs))
  return { name: `chain-${length}-${edges}`, edges, calls }
}

function diamond(toolMs: number): Plan {
  const tops = [1, 2, 3, 4].map((n) => call(n, `source_${n}`, [], toolMs))
  const middles = [call(5, 'merge_1', [1, 2], toolMs), call(6, 'merge_2', [3, 4], toolMs)]
  return { name: 'diamond', edges: 'data', calls: [...tops, ...middles, call(7, 'report', [5, 6], toolMs)] }
}

function join(toolMs: number): Plan {
  const searches = [1, 2].map((n) => call(n, 'search', [], toolMs))
  return { name: 'join', edges: 'data', calls: [...searches, call(3, 'compare', [1, 2], toolMs)] }
}

/** Each call depends on up to three of those before it; durations from half to one and a half times `toolMs`. */
function randomGraph(seed: number, size: number, toolMs: number): Plan {
  const next = seeded(seed)
  const calls = Array.from({ length: size }, (_, index) => {
    const deps = new Set<number>()
    for (let tries = Math.floor(next() * 4); index > 0 && tries > 0; tries--) deps.add(1 + Math.floor(next() * index))
    return call(
      index + 1,
      `task_${index + 1}`,
      [...deps].toSorted((one, other) => one - other),
      toolMs * (0.5 + next()),
    )
  })
  return { name: `random-${seed}`, edges: 'data', calls }
}

/** Six searches, written far apart, and one call that joins them. */
function staggered(toolMs: number): Plan {
  const searches = [1, 2, 3, 4, 5, 6].map((n) => call(n, 'search', [], toolMs))
  return { name: 'staggered', edges: 'data', calls: [...searches, call(7, 'compare', [1, 2, 3, 4, 5, 6], toolMs)] }
}

function recorded(file: string, group: string, entries: number): Workload[] {
  const lines = readFileSync(path.join(DATA, file), 'utf8').trim().split('\n').slice(0, entries)
  return lines.map((line) => {
    const entry = JSON.parse(line) as { id: string; calls: (Omit<PlanCall, 'durationMs'> & { duration_ms: number })[] }
    const calls = entry.calls.map(({ n, tool, deps, duration_ms }) => call(n, tool, deps, duration_ms / SCALE))
    return { group, plan: { name: entry.id, edges: 'data', calls }, pace: PAPER, tools: 'http' }
  })
}
