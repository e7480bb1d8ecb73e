import path from 'node:path'
import { startChild } from './asking.ts'
import type { Used } from './meter.ts'
import type { Job } from './plan.ts'
import type { Outcome, System } from './system.ts'

export const PEERS = ['ai', 'agents', 'langgraph'] as const
export type PeerName = (typeof PEERS)[number]

const METER = path.join(import.meta.dirname, 'meter.ts')

/** Starts a peer in a process of its own. */
export async function startPeer(
  name: PeerName,
  world: string,
  { toolTimeoutMs }: { toolTimeoutMs?: number } = {},
): Promise<System> {
  const child = startChild(path.join(import.meta.dirname, 'peers/main.ts'), {
    args: [name],
    execArgv: ['--expose-gc', '--import', METER],
    env: { LANGSMITH_TRACING: 'false', LANGCHAIN_TRACING_V2: 'false', OPENAI_AGENTS_DISABLE_TRACING: '1' },
  })
  return {
    name,
    mode: 'levels',
    prepare: (job: Job) =>
      child.ask('prepare', { job, world, ...(toolTimeoutMs === undefined ? {} : { toolTimeoutMs }) }),
    run: (keys) => child.ask<Outcome[]>('run', keys),
    meter: { begin: (options) => child.ask('meter.begin', options), end: () => child.ask<Used>('meter.end') },
    stop: child.stop,
  }
}
