import type { Env } from '../env.ts'
import { temporaryFolder } from './temporaryFolder.ts'

export const TEST_TOKEN = 'a-token-of-the-tests'

/** The environment of a test: a folder of its own, and a free port. */
export function testEnv(more: Partial<Env> = {}): Env {
  return {
    port: 0,
    host: '127.0.0.1',
    allowedHosts: [],
    dataFolder: `${temporaryFolder()}/data`,
    databaseUrl: null,
    token: TEST_TOKEN,
    secretKey: null,
    egressAllow: [],
    limits: [],
    codeFetch: false,
    models: {},
    telemetry: null,
    ...more,
  }
}
