import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'

/** A PostgreSQL server of its own: a free port, a data folder that goes with it, and as many databases as tests want. */
export interface TestPostgres {
  /** The address of the server, with a database to administer it by. */
  url: string
  /** Stops it at once, as a crash would. */
  kill(): Promise<void>
  /** Starts it again on the same port and data. */
  start(): Promise<void>
  /** Stops it and removes what it stored. */
  remove(): Promise<void>
}

/**
 * Starts a PostgreSQL (15 or newer) that is installed here, or can be by the system's packages when this user may do that. Else the sentence
 * why not. Without `fsync` it does not wait for the disk: a killed process loses nothing that the system has, only the loss of power would,
 * which no test can cause; but what is measured must wait. `more` are settings of its own, such as `work_mem=8MB`.
 */
export async function startPostgres({
  fsync = false,
  more = [],
}: {
  fsync?: boolean
  more?: readonly string[]
} = {}): Promise<TestPostgres | string> {
  const bin = installed() ?? install()
  if (bin === null)
    return 'PostgreSQL is not installed: install it (on Debian: apt-get install postgresql), or put its programs on the PATH'
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'volley-postgres-'))
  const data = path.join(folder, 'data')
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? lesserUser() : null
  if (user) fs.chownSync(folder, user.uid, user.gid)
  execFileSync(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'volley', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const port = await freePort()
  const url = `postgres://volley@127.0.0.1:${port}/postgres`
  let server: ChildProcess | null = null

  const start = async () => {
    const settings = [
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${folder}`,
      'max_connections=300',
      `fsync=${fsync ? 'on' : 'off'}`,
      ...more,
    ]
    const child = spawn(
      path.join(bin, 'postgres'),
      ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      { ...user, cwd: folder, stdio: 'ignore' },
    )
    server = child
    for (;;) {
      if (child.exitCode !== null) throw new Error(`PostgreSQL ended at its start with code ${child.exitCode}`)
      if (await answers(url)) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const end = async (signal: NodeJS.Signals) => {
    const child = server
    server = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }
  await start()
  return {
    url,
    // An immediate shutdown: no checkpoint, no goodbye, recovery at the next start. SIGKILL would leave its children.
    kill: () => end('SIGQUIT'),
    start,
    async remove() {
      await end('SIGQUIT')
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Makes an empty database; gives its address. */
export async function makeDatabase(url: string): Promise<string> {
  const name = `t_${randomBytes(8).toString('hex')}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create database ${name} template template0`)
  await client.end()
  const made = new URL(url)
  made.pathname = `/${name}`
  return made.href
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function installed(): string | null {
  const debian = '/usr/lib/postgresql'
  const versions = fs.existsSync(debian)
    ? fs
        .readdirSync(debian)
        .map(Number)
        .filter((version) => version >= 15)
    : []
  const folders = versions.sort((one, other) => other - one).map((version) => `${debian}/${version}/bin`)
  const onPath = (process.env.PATH ?? '').split(path.delimiter)
  const has = (folder: string) => ['initdb', 'postgres'].every((name) => fs.existsSync(path.join(folder, name)))
  return [...folders, ...onPath].find(has) ?? null
}

function install(): string | null {
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) return null
  const run = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  return run('update', '-qq') && run('install', '-y', '-qq', '--no-install-recommends', 'postgresql')
    ? installed()
    : null
}

function lesserUser(): { uid: number; gid: number } {
  const idOf = (option: string) => {
    const { status, stdout } = spawnSync('id', [option, 'postgres'], { encoding: 'utf8' })
    return status === 0 ? Number(stdout) : 65_534
  }
  return { uid: idOf('-u'), gid: idOf('-g') }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo
      server.close(() => resolve(port))
    })
  })
}
