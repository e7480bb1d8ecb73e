import { atMost, type Goal } from '../goals.ts'
import { median, quantile } from '../measure.ts'
import { table } from '../table.ts'
import { type GrowthSample, type GrowthWhat, WHATS } from './growth.ts'
import type { FleetResults } from './measureFleet.ts'
import { type Constants, GIVEN, type Need, needOf } from './onPaper.ts'
import type { ProcessesSample } from './processes.ts'

const TAKEOVER_S = { median: 12, worst: 15 }
const DELAY_MS = 25
const ADDED_MS = 100
const LEAST_SPEED = 0.12
const GROWTH = 1.5
/** What is to stay as it is however many runs are stored. */
const FLAT: GrowthWhat[] = ['list', 'open', 'stream', 'record', 'recovery']
const ON_PAPER = [1_000, 1_000_000]

export function fleetGoals({ processes, delays, takeovers, growth }: FleetResults): Goal[] {
  const [middle, worst] = [median(takeovers) / 1000, Math.max(...takeovers) / 1000]
  const [own, one, two] = [0, 1, 2].map((servers) => processes.find((sample) => sample.servers === servers))
  const speed = speedOf(two) / speedOf(own)
  return [
    {
      what: 'takeover after kill -9, s: median, worst',
      goal: `≤ ${TAKEOVER_S.median}, ≤ ${TAKEOVER_S.worst}`,
      measured: `${middle.toFixed(1)}, ${worst.toFixed(1)}`,
      reached: middle <= TAKEOVER_S.median && worst <= TAKEOVER_S.worst,
    },
    atMost('event to a reader on another server, ms: median', median(delays.there), DELAY_MS, 1),
    atMost(
      'added time of a run against the embedded store, ms',
      (one?.aloneMs ?? Number.NaN) - (own?.aloneMs ?? Number.NaN),
      ADDED_MS,
      0,
    ),
    {
      what: 'runs a second, 2 servers ÷ the embedded store',
      goal: `≥ ${LEAST_SPEED}×`,
      measured: `${speed.toFixed(2)}×`,
      reached: speed >= LEAST_SPEED,
    },
    ...storesOf(growth).flatMap(([store, samples]) => {
      const [small, large] = [samples[0]?.runs ?? 0, samples.at(-1)?.runs ?? 0]
      return FLAT.map((what) => {
        const words = `${WHATS[what]}, ${store}: with ${counted(large)} runs ÷ with ${counted(small)}`
        return atMost(words, msOf(samples, what, large) / msOf(samples, what, small), GROWTH, 2)
      })
    }),
  ]
}

export function fleetParts(results: FleetResults): string[] {
  const { processes, delays, takeovers, ceiling, growth } = results
  const needs = ON_PAPER.map((runs) => needOf(runs, constantsOf(results)))
  return [
    `## Servers that share a PostgreSQL\n\n${processesTable(processes)}`,
    `## What servers take of the database\n\n${databaseTable(processes)}`,
    `## A pause\n\n${idleTable(processes)}`,
    `## Events and takeovers\n\n${timesTable({
      'event to a reader on its own server, ms': delays.here,
      'event to a reader on another server, ms': delays.there,
      'takeover after kill -9, ms': takeovers,
    })}`,
    ...storesOf(growth).map(([store, samples]) => `## As runs grow in number: ${store}, ms\n\n${growthTable(samples)}`),
    `## On paper\n\n${constantsWords(constantsOf(results), ceiling.plain)}\n\n${paperTable(needs)}`,
  ]
}

/** One server, whose runs come at the pace of a model, is the measure of what a run takes. */
function constantsOf({ processes, ceiling }: FleetResults): Constants {
  const one = processes.find(({ servers }) => servers === 1)
  const { paced, idle, connections, bytes } = one ?? {}
  return {
    cpuMs: paced?.cpuMs ?? Number.NaN,
    databaseCpuMs: paced?.database.cpuMs ?? Number.NaN,
    databaseCpuMsPerServer: addedByServers(processes),
    commits: paced?.database.writes ?? Number.NaN,
    bytes: bytes ?? Number.NaN,
    walBytes: paced?.database.walBytes ?? Number.NaN,
    connections: sum(connections?.busy ?? {}),
    idleCpuShare: idle?.cpuShare ?? Number.NaN,
    mostCommits: ceiling.notifying,
  }
}

/** What each further server adds to the database's CPU for a run: from one to the most that were measured. */
function addedByServers(samples: readonly ProcessesSample[]): number {
  const [one, most] = [samples.find(({ servers }) => servers === 1), samples.at(-1)]
  const added = (most?.paced?.database.cpuMs ?? Number.NaN) - (one?.paced?.database.cpuMs ?? Number.NaN)
  return added / ((most?.servers ?? Number.NaN) - 1)
}

function processesTable(samples: readonly ProcessesSample[]): string {
  return table(
    ['servers', 'runs a second', 'each time', 'CPU a run, ms', 'of the database, ms', 'a run alone, ms', 'longest, ms'],
    samples.map((sample) => [
      nameOf(sample),
      speedOf(sample).toFixed(1),
      sample.runsPerSecond.map((runs) => runs.toFixed(1)).join(', '),
      sample.cpuMs.toFixed(1),
      fixed(sample.database?.cpuMs, 1),
      sample.aloneMs.toFixed(0),
      sample.aloneWorstMs.toFixed(0),
    ]),
  )
}

function databaseTable(samples: readonly ProcessesSample[]): string {
  const of = (sample: ProcessesSample, name: 'database' | 'paced') => {
    const counted = name === 'paced' ? sample.paced?.database : sample.database
    return [
      fixed(counted?.transactions, 0),
      fixed(counted?.writes, 1),
      fixed((counted?.walBytes ?? Number.NaN) / 1024, 0),
    ]
  }
  const head = ['transactions', 'commits on the disk', 'log, KiB']
  return table(
    [
      'servers',
      ...head.map((words) => `${words}: a run of many`),
      ...head.map((words) => `${words}: a run at a calm pace`),
      'stored, KiB',
    ],
    samples
      .filter(({ servers }) => servers > 0)
      .map((sample) => [
        nameOf(sample),
        ...of(sample, 'database'),
        ...of(sample, 'paced'),
        fixed((sample.bytes ?? Number.NaN) / 1024, 1),
      ]),
  )
}

function idleTable(samples: readonly ProcessesSample[]): string {
  const names = (counts: Record<string, number> = {}, servers: number) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${(count / servers).toFixed(1)}`)
      .join(', ')
  return table(
    [
      'servers',
      'CPU of a server, % of a core',
      'of the database, %',
      'transactions a second, all servers',
      'of them commits on the disk',
      'connections of a server',
      'of a busy one',
    ],
    samples.flatMap((sample) =>
      sample.idle
        ? [
            [
              nameOf(sample),
              (sample.idle.cpuShare * 100).toFixed(1),
              (sample.idle.databaseCpuShare * 100).toFixed(1),
              sample.idle.transactions.toFixed(0),
              sample.idle.writes.toFixed(1),
              names(sample.connections?.idle, sample.servers),
              names(sample.connections?.busy, sample.servers),
            ],
          ]
        : [],
    ),
  )
}

function timesTable(all: Record<string, readonly number[]>): string {
  return table(
    ['', 'times', 'median', '95 %', 'worst'],
    Object.entries(all).map(([what, times]) => [
      what,
      String(times.length),
      ...[0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(1)),
    ]),
  )
}

function growthTable(samples: readonly GrowthSample[]): string {
  const sizes = [...new Set(samples.map(({ runs }) => runs))]
  const rows = (Object.keys(WHATS) as GrowthWhat[]).map((what) => {
    const times = sizes.map((runs) => msOf(samples, what, runs))
    const growth = (times.at(-1) ?? Number.NaN) / (times[0] ?? Number.NaN)
    return [WHATS[what], ...times.map((ms) => ms.toFixed(1)), `${growth.toFixed(2)}×`]
  })
  return table(['', ...sizes.map((runs) => `${counted(runs)} runs`), 'last ÷ first'], rows)
}

function constantsWords(constants: Constants, plainCommits: number): string {
  const {
    cpuMs,
    databaseCpuMs,
    databaseCpuMsPerServer,
    commits,
    bytes,
    walBytes,
    connections,
    idleCpuShare,
    mostCommits,
  } = constants
  return [
    `Measured: a run of ten calls at a calm pace takes ${cpuMs.toFixed(1)} ms of a server, ${databaseCpuMs.toFixed(1)} ms and ${commits.toFixed(1)} commits of the database, ${(bytes / 1024).toFixed(1)} KiB in its tables, ${(walBytes / 1024).toFixed(0)} KiB of its log; each further server adds ${databaseCpuMsPerServer.toFixed(1)} ms of the database;`,
    `a busy server has ${connections} connections, an idle one takes ${(idleCpuShare * 100).toFixed(1)} % of a core;`,
    `this database makes ${mostCommits.toFixed(0)} commits a second that notify, ${plainCommits.toFixed(0)} that do not.`,
    `Given: a run lasts ${GIVEN.runSeconds} s, a server has ${GIVEN.runsAtOnce} runs at once, ${GIVEN.usable * 100} % of a core or of the commits can be used,`,
    `the database has ${GIVEN.databaseCores} cores and allows ${GIVEN.mostConnections} connections.`,
  ].join('\n')
}

function paperTable(needs: readonly Need[]): string {
  const gib = (bytes: number) => (bytes / 1024 ** 3).toFixed(2)
  return table(
    [
      'runs an hour',
      'at once',
      'servers (because of)',
      'cores busy: servers, database',
      'commits a second',
      'GiB an hour: tables, log',
      'connections',
      'breaks first (used, up to so many runs an hour)',
      'then',
    ],
    needs.map((need) => [
      counted(need.runsPerHour),
      need.runsAtOnce.toFixed(0),
      `${need.servers} (${need.servers > 1 ? need.because : 'one is enough'})`,
      `${need.cores.toFixed(2)}, ${need.databaseCores.toFixed(2)}`,
      need.commitsPerSecond.toFixed(0),
      `${gib(need.bytesPerHour)}, ${gib(need.walBytesPerHour)}`,
      String(need.connections),
      ...[need.limits.slice(0, 1), need.limits.slice(1)].map((limits) =>
        limits
          .map(({ what, used, upTo }) => `${what} (${(used * 100).toFixed(1)} %, ${counted(Math.floor(upTo))})`)
          .join('; '),
      ),
    ]),
  )
}

const nameOf = ({ servers }: ProcessesSample) => (servers === 0 ? 'embedded store' : String(servers))
const speedOf = (sample: ProcessesSample | undefined) => median(sample?.runsPerSecond ?? [])
const storesOf = (samples: readonly GrowthSample[]) => [...Map.groupBy(samples, ({ store }) => store)]
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, count) => all + count, 0)
const counted = (count: number) => count.toLocaleString('en')
const fixed = (value: number | undefined, digits: number) =>
  value !== undefined && Number.isFinite(value) ? value.toFixed(digits) : '–'

function msOf(samples: readonly GrowthSample[], what: GrowthWhat, runs: number): number {
  return samples.find((sample) => sample.what === what && sample.runs === runs)?.ms ?? Number.NaN
}
