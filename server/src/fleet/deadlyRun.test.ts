import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RunRecord } from '@volley/shared/run/record.ts'
import { expect, inject, onTestFinished, test } from 'vitest'
import { query } from '../crash/manyServers.ts'
import { startRealServer } from '../crash/realServer.ts'
import { makeDatabase } from '../testing/postgres.ts'
import { scriptedFlow } from '../testing/scriptedFlow.ts'

const url = inject('postgres')

test.skipIf(!url)(
  'a run whose call kills its server three times in a row is ended by the fourth as failed, with that reason',
  async () => {
    let wasCalled = () => {}
    const tool = createServer(() => wasCalled()).listen(0, '127.0.0.1')
    await new Promise((resolve) => tool.once('listening', resolve))
    onTestFinished(() => {
      tool.closeAllConnections()
      tool.close()
    })
    const host = `127.0.0.1:${(tool.address() as AddressInfo).port}`
    const databaseUrl = await makeDatabase(url as string)
    const environment = {
      VOLLEY_DATABASE_URL: databaseUrl,
      VOLLEY_SECRET_KEY: 'a-key-of-the-tests',
      VOLLEY_EGRESS_ALLOW: host,
    }
    const flow = scriptedFlow(
      [{ calls: [{ tool: 'ask', arguments: {} }] }, { text: 'Done.' }],
      [
        {
          name: 'ask',
          parameters: { type: 'object' },
          run: { kind: 'http', method: 'POST', url: `http://${host}/` },
          annotations: { readOnlyHint: true },
        },
      ],
    )
    const [web, first] = await Promise.all([
      startRealServer(environment, { args: ['--role', 'web'] }),
      startRealServer(environment, { args: ['--role', 'worker'] }),
    ])
    let worker = first
    const called = () =>
      new Promise<void>((resolve) => {
        wasCalled = resolve
      })
    let call = called()
    const answer = await web.call('POST', '/api/runs', { flow, input: 'Go.' })
    const { runId } = (await answer.json()) as { runId: string }
    for (let kill = 1; kill <= 3; kill++) {
      await call
      call = called()
      worker.process.kill('SIGKILL')
      await worker.ended
      // What would be noticed ten seconds later is noticed now.
      await query(
        databaseUrl,
        `update pgboss.job set heartbeat_on = now() - interval '1 minute' where state = 'active'`,
      )
      worker = await startRealServer(environment, { args: ['--role', 'worker'] })
    }
    await (await web.call('GET', `/api/runs/${runId}/events`)).text()
    const run = (await (await web.call('GET', `/api/runs/${runId}`)).json()) as RunRecord
    expect(run).toMatchObject({ status: 'failed', calls: [{ status: 'cancelled' }] })
    expect(run.error?.message).toContain('ended its server 3 times in a row')
    expect(worker.process.exitCode).toBe(null)
  },
  90_000,
)
