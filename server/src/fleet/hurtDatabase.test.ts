import { setTimeout as sleep } from 'node:timers/promises'
import { randomFrom } from '@volley/shared/lib/random.ts'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startCuttingProxy } from '../crash/cuttingProxy.ts'
import { query, startManyServers } from '../crash/manyServers.ts'
import { makeDatabase, startPostgres } from '../testing/postgres.ts'

// Servers whose database is hurt while runs go on: commits whose answer is lost, sessions that are ended, a crash and a restart. VOLLEY_SEED repeats
// the moments, VOLLEY_FLEET_RESTARTS sets how often the database crashes; with 0 none of this is done.

const RESTARTS = Number(process.env.VOLLEY_FLEET_RESTARTS ?? 1)
const SEED = Number(process.env.VOLLEY_SEED ?? Math.floor(Math.random() * 1e9))
const RUNS = 8
const SESSIONS_ENDED = 4
const CUT = 0.15

test.skipIf(!inject('postgres') || RESTARTS === 0)(
  `over lost commits, ended sessions and ${RESTARTS} crashes of the database nothing acknowledged is lost, and every log is whole (VOLLEY_SEED=${SEED})`,
  { timeout: 60_000 + RESTARTS * 60_000 },
  async () => {
    const postgres = await startPostgres()
    if (typeof postgres === 'string') throw new Error(postgres)
    onTestFinished(() => postgres.remove())
    const databaseUrl = await makeDatabase(postgres.url)
    const proxy = await startCuttingProxy(databaseUrl, randomFrom(SEED + 2))
    const many = await startManyServers({ databaseUrl, reachedAt: proxy.url, seed: SEED, toolMs: [20, 300] })
    await Promise.all([many.startServer(), many.startServer()])
    const { random } = many
    const sums = { runs: 0, events: 0, calls: 0, interrupted: 0, sessions: 0 }
    const begin = () => many.begin(RUNS)

    for (let restart = 0; restart < RESTARTS; restart++) {
      proxy.rate = CUT
      const starting = [begin()]
      for (let count = 0; count < SESSIONS_ENDED; count++) {
        await sleep(100 + random() * 400)
        starting.push(begin())
        sums.sessions += await endSessions(databaseUrl, 1 + Math.floor(random() * 4))
      }
      await Promise.all(starting.splice(0))
      starting.push(begin())
      await sleep(random() * 600)
      await postgres.kill()
      starting.push(begin())
      await sleep(200 + random() * 2_000)
      await postgres.start()
      await Promise.all(starting)
      proxy.rate = 0
      const { runs, late, ...counts } = await many.check()
      expect(late).toEqual([])
      sums.runs += runs.length
      for (const name of ['events', 'calls', 'interrupted'] as const) sums[name] += counts[name]
    }
    for (const server of many.servers) expect(server.process.exitCode, server.err()).toBe(null)
    expect(proxy.after).toBeGreaterThan(0)
    console.info(
      `hurt database: seed ${SEED}, ${RESTARTS} crashes, commits lost before ${proxy.before} and after ${proxy.after}, ${JSON.stringify(sums)}`,
    )
  },
)

/** Ends so many sessions of servers, whatever they do. */
async function endSessions(databaseUrl: string, count: number): Promise<number> {
  const ended = await query(
    databaseUrl,
    `select pg_terminate_backend(pid) from (
       select pid from pg_stat_activity
       where datname = current_database() and application_name like 'volley%' order by random() limit $1) as those`,
    [count],
  )
  return ended.length
}
