// What a load needs, worked out of measured constants: no machine of ours bears a million runs an hour.

/** What was measured. */
export interface Constants {
  /** Of a server and of the database for one run, when its events come one by one. */
  cpuMs: number
  databaseCpuMs: number
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
  const most: Record<Limit['what'], number> = {
    'commits that notify': (constants.mostCommits * given.usable) / constants.commits,
    'CPU of the database': (given.databaseCores * given.usable * 1000) / constants.databaseCpuMs,
    'connections to the database': Math.floor(given.mostConnections / constants.connections) * runsOfServer,
  }
  const limits = Object.entries(most).map(([what, runs]) => ({
    what: what as Limit['what'],
    used: perSecond / runs,
    upTo: runs * SECONDS,
  }))
  return {
    runsPerHour,
    runsAtOnce: perSecond * given.runSeconds,
    servers,
    because: byPlaces < byCpu ? 'runs at once' : 'CPU',
    cores: (perSecond * constants.cpuMs) / 1000 + servers * constants.idleCpuShare,
    databaseCores: (perSecond * constants.databaseCpuMs) / 1000,
    commitsPerSecond: perSecond * constants.commits,
    bytesPerHour: runsPerHour * constants.bytes,
    walBytesPerHour: runsPerHour * constants.walBytes,
    connections: servers * constants.connections,
    limits: limits.sort((one, other) => other.used - one.used),
  }
}
