import type { RunRecord } from '@volley/shared/run/record.ts'
import { onTestFinished } from 'vitest'
import type { Env } from '../env.ts'
import { createLog } from '../log.ts'
import { PARTS } from '../parts.ts'
import { type Role, startServer } from '../server.ts'
import { TEST_TOKEN } from './testApp.ts'
import { testEnv } from './testServer.ts'

/** A whole server of the real parts on a free port, and requests to it: `{ status, body }`. */
export async function realServer(more: Partial<Env> = {}, { role }: { role?: Role } = {}) {
  const env = testEnv(more)
  const server = await startServer(env, PARTS, createLog('silent'), {
    root: `${env.dataFolder}/..`,
    ...(role ? { role } : {}),
  })
  if (!server.ok) throw new Error(server.error)
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= server.value.stop()
    return stopped
  }
  onTestFinished(stop)
  const { origin } = new URL(server.value.address)

  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  const call = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> => {
    const answer = await fetch(origin + path, {
      method,
      headers: {
        authorization: `Bearer ${TEST_TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: answer.status === 204 ? null : await answer.json() }
  }
  /** The record of a run, once it has ended. */
  const ended = async (runId: string): Promise<RunRecord> => {
    const events = await fetch(`${origin}/api/runs/${runId}/events`, {
      headers: { authorization: `Bearer ${TEST_TOKEN}` },
    })
    await events.text()
    return (await call('GET', `/api/runs/${runId}`)).body
  }
  return { call, ended, origin, env, stop }
}
