import { onTestFinished } from 'vitest'
import type { Env } from '../env.ts'
import { createLog } from '../log.ts'
import { startServer } from '../server.ts'
import { fakeParts } from './fakeParts.ts'
import { testEnv } from './testEnv.ts'

export { testEnv }

/** A whole server on a free port, with an engine that answers at once. */
export async function testServer(more: Partial<Env> = {}) {
  const env = testEnv(more)
  const server = await startServer(env, fakeParts, createLog('silent'), { root: `${env.dataFolder}/..` })
  if (!server.ok) throw new Error(server.error)
  onTestFinished(() => server.value.stop())
  return { ...server.value, port: Number(new URL(server.value.address).port), env }
}
