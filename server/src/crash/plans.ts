import type { Flow, Tool } from '@volley/shared/flow/flow.ts'

export interface PlannedCall {
  tool: string
  arguments: Record<string, unknown>
}

/** What the model says in one run: its calls turn by turn, then an answer. */
export type Plan = PlannedCall[][]

const TOOLS = ['look', 'chart', 'pay', 'book', 'sign'] as const
const HINTED = new Set<string>(['look', 'chart'])

/** Repeatable and unrepeatable tools over HTTP, a data edge, order edges of both kinds, and a tool that asks a person. */
export function crashFlow(toolUrl: string): Flow {
  const tool = (name: (typeof TOOLS)[number]): Tool => ({
    name,
    parameters: { type: 'object', properties: { value: {}, nth: { type: 'integer' }, trouble: { type: 'string' } } },
    run: { kind: 'http', method: 'POST', url: `${toolUrl}/tools/${name}` },
    ...(HINTED.has(name) ? { annotations: { readOnlyHint: true } } : {}),
    ...(name === 'sign' ? { policy: { approval: 'always' } } : {}),
  })
  return {
    format: 'volley.flow/1',
    name: 'Crash course',
    description: '',
    agent: { provider: 'openai-chat', model: 'scripted-1', limits: { concurrency: 4 } },
    tools: TOOLS.map(tool),
    edges: [
      { from: 'look', to: 'chart', kind: 'data' },
      { from: 'pay', to: 'book', kind: 'order', onFailure: 'skip' },
      { from: 'chart', to: 'book', kind: 'order', onFailure: 'continue' },
    ],
    layout: {},
    notes: [],
  }
}

/** A plan of one to three turns with one to five calls each; some meet trouble, some take values from earlier ones. */
export function randomPlan(random: () => number): Plan {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  const looks: number[] = []
  let number = 0
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    Array.from({ length: 1 + Math.floor(random() * 5) }, () => {
      const tool = pick(TOOLS)
      number++
      const trouble = random() < 0.15 ? { trouble: tool === 'look' ? 'once' : 'always' } : {}
      const value = tool === 'chart' && looks.length > 0 ? { value: { from_call: pick(looks), path: 'seen' } } : {}
      if (tool === 'look') looks.push(number)
      return { tool, arguments: { nth: number, ...trouble, ...value } }
    }),
  )
}

/** Calls of a volley written by hand: no references to what comes later. */
export function randomBatch(random: () => number): PlannedCall[] {
  return randomPlan(random)[0] ?? []
}
