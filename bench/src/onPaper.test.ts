import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Constants, GIVEN, needOf } from './fleet/onPaper.ts'

const CONSTANTS: Constants = {
  cpuMs: 20,
  databaseCpuMs: 10,
  databaseCpuMsPerServer: 0,
  commits: 30,
  bytes: 20_000,
  walBytes: 60_000,
  connections: 18,
  idleCpuShare: 0.1,
  mostCommits: 2_500,
}

test('few runs need one server, and nothing is near its end', () => {
  const need = needOf(900, CONSTANTS)
  assert.deepEqual([need.servers, need.runsAtOnce, need.commitsPerSecond, need.connections], [1, 5, 7.5, 18])
  assert.deepEqual([need.bytesPerHour, need.walBytesPerHour], [18_000_000, 54_000_000])
  assert.ok(need.limits.every(({ used }) => used <= 0.18))
  assert.ok(Math.abs(need.cores - 0.105) < 1e-9)
})

test('servers are as many as runs at once or their CPU ask for, whichever is more', () => {
  // 100 runs a second: 2.5 of them a server by its 50 places; 25 by half a core of CPU.
  assert.deepEqual([needOf(360_000, CONSTANTS).servers, needOf(360_000, CONSTANTS).because], [40, 'runs at once'])
  const quick = { ...GIVEN, runSeconds: 1 }
  assert.deepEqual([needOf(360_000, CONSTANTS, quick).servers, needOf(360_000, CONSTANTS, quick).because], [4, 'CPU'])
})

test('what breaks first is what the fewest runs an hour use up', () => {
  const [first, second, third] = needOf(1_000_000, CONSTANTS).limits
  // Five servers of 2.5 runs a second have the connections that there are.
  assert.deepEqual([first?.what, first?.upTo], ['connections to the database', 45_000])
  assert.deepEqual([second?.what, second?.upTo], ['commits that notify', 180_000])
  assert.equal(third?.what, 'CPU of the database')
  const [pooled] = needOf(1_000_000, CONSTANTS, { ...GIVEN, mostConnections: 5_000 }).limits
  assert.equal(pooled?.what, 'commits that notify')
  assert.ok(Math.abs((pooled?.used ?? 0) - 1_000_000 / 180_000) < 1e-9)
})

test('where every server adds to the cost of a run, the CPU of the database goes with the square of the load', () => {
  const woken = { ...CONSTANTS, databaseCpuMsPerServer: 10 }
  const cpu = needOf(36_000, woken).limits.find(({ what }) => what === 'CPU of the database')
  // 10 runs a second, 4 servers: 40 ms each, of the 4.8 cores that may be used.
  assert.ok(Math.abs((cpu?.used ?? 0) - 0.4 / 4.8) < 1e-9)
  // With 4 x² ms = 4,800 ms.
  assert.ok(Math.abs((cpu?.upTo ?? 0) - Math.sqrt(1_200) * 3_600) < 1e-6)
})
