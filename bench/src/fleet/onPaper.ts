// What a load needs, worked out of measured constants: no machine of ours bears a million runs an hour.

/** What was measured. */
export interface Constants {
  /** Of a server and of the database for one run, when its events come one by one. */
  cpuMs: number
  databaseCpuMs: number
  /** What each further server adds to that: a new job wakes all of them, and each asks for it. */
  databaseCpuMsPerServer: number
  /** Commits on the disk for one run. */
  commits: number
  /** What a run leaves in the tables, and what it writes to the log of the database. */
  bytes: number
  walBytes: number
  /** Connections of one busy server. */
  connections: number
  /** What one server takes while nothing is asked: share of a core. */
  idleCpuShare: number
  /** The most commits with a notification that the database made in a second. */
  mostCommits: number
}

/** What is taken as given. */
export interface Given {
  /** From a run's beginning to its end: a model that thinks takes most of it. */
  runSeconds: number
  /** Runs that a server has in hand at once, at most. */
  runsAtOnce: number
  /** How much of a core, or of the commits there are, may be used before everyone waits. */
  usable: number
  databaseCores: number
  /** Connections that the database allows. */
  mostConnections: number
}

/** As PostgreSQL and our queue are set, on a middling machine for the database. */
export const GIVEN: Given = { runSeconds: 20, runsAtOnce: 50, usable: 0.6, databaseCores: 8, mostConnections: 100 }

export interface Need {
  runsPerHour: number
  runsAtOnce: number
  /** Processes; each can use one core. */
  servers: number
  /** Why it is that many. */
  because: 'runs at once' | 'CPU'
  /** Cores that are busy, of all servers and of the database. */
  cores: number
  databaseCores: number
  commitsPerSecond: number
  bytesPerHour: number
  walBytesPerHour: number
  connections: number
  /** What runs out, the first one first. */
  limits: Limit[]
}

export interface Limit {
  what: 'commits that notify' | 'CPU of the database' | 'connections to the database'
  /** How much of it is used; above 1 it is not enough. */
  used: number
  /** Runs an hour at which it is used up. */
  upTo: number
}

const SECONDS = 3_600

/** What so many runs an hour need, and what breaks first. Servers can be added; the database is one. */
export function needOf(runsPerHour: number, constants: Constants, given: Given = GIVEN): Need {
  const perSecond = runsPerHour / SECONDS
  const byPlaces = given.runsAtOnce / given.runSeconds
  const byCpu = ((given.usable - constants.idleCpuShare) * 1000) / constants.cpuMs
  const runsOfServer = Math.min(byPlaces, byCpu)
  const servers = Math.max(1, Math.ceil(perSecond / runsOfServer))
  const databaseCores = (perSecond * databaseCpuOf(servers, constants)) / 1000
  const usableCores = given.databaseCores * given.usable
  const usableCommits = constants.mostCommits * given.usable
  const servable = Math.floor(given.mostConnections / constants.connections)
  const limits: Limit[] = [
    {
      what: 'commits that notify',
      used: (perSecond * constants.commits) / usableCommits,
      upTo: (usableCommits / constants.commits) * SECONDS,
    },
    {
      what: 'CPU of the database',
      used: databaseCores / usableCores,
      upTo: mostByCpu(usableCores * 1000, runsOfServer, constants) * SECONDS,
    },
    {
      what: 'connections to the database',
      used: (servers * constants.connections) / given.mostConnections,
      upTo: servable * runsOfServer * SECONDS,
    },
  ]
  return {
    runsPerHour,
    runsAtOnce: perSecond * given.runSeconds,
    servers,
    because: byPlaces < byCpu ? 'runs at once' : 'CPU',
    cores: (perSecond * constants.cpuMs) / 1000 + servers * constants.idleCpuShare,
    databaseCores,
    commitsPerSecond: perSecond * constants.commits,
    bytesPerHour: runsPerHour * constants.bytes,
    walBytesPerHour: runsPerHour * constants.walBytes,
    connections: servers * constants.connections,
    limits: limits.sort((one, other) => one.upTo - other.upTo),
  }
}

const databaseCpuOf = (servers: number, { databaseCpuMs, databaseCpuMsPerServer }: Constants) =>
  databaseCpuMs + (servers - 1) * databaseCpuMsPerServer

/** The runs a second at which the database has no CPU left, when servers are as many as those runs need. */
function mostByCpu(ms: number, runsOfServer: number, constants: Constants): number {
  const alone = ms / constants.databaseCpuMs
  if (constants.databaseCpuMsPerServer <= 0 || alone <= runsOfServer) return alone
  // Each run costs more with every server, and servers grow with the runs: a x² + b x = ms.
  const a = constants.databaseCpuMsPerServer / runsOfServer
  const b = constants.databaseCpuMs - constants.databaseCpuMsPerServer
  return (Math.sqrt(b * b + 4 * a * ms) - b) / (2 * a)
}
