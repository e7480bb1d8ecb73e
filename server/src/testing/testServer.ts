import { onTestFinished } from 'vitest'
import type { Env } from '../env.ts'
import { createLog } from '../log.ts'
import { startServer } from '../server.ts'
import { fakeParts } from './fakeParts.ts'
import { temporaryFolder } from './temporaryFolder.ts'
import { TEST_TOKEN } from './testApp.ts'

export function testEnv(more: Partial<Env> = {}): Env {
  return {
    port: 0,
    host: '127.0.0.1',
    allowedHosts: [],
    dataFolder: `${temporaryFolder()}/data`,
    token: TEST_TOKEN,
    egressAllow: [],
    models: {},
    ...more,
  }
}

/** A whole server on a free port, with an engine that answers at once. */
export async function testServer(more: Partial<Env> = {}) {
  const env = testEnv(more)
  const server = await startServer(env, fakeParts, createLog('silent'), { root: `${env.dataFolder}/..` })
  if (!server.ok) throw new Error(server.error)
  onTestFinished(() => server.value.stop())
  return { ...server.value, port: Number(new URL(server.value.address).port), env }
}
