import path from 'node:path'
import { parseEnv } from '../env.ts'
import { openStore, type Store } from '../store/store.ts'
import { StoreFault } from '../store/storeFault.ts'
import { readArguments } from './arguments.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './terminal.ts'

/** `volley migrate`: brings the tables of the store to this version's, and says so. A server does the same at its start. */
export async function migrate(argv: string[], terminal: Terminal): Promise<ExitCode> {
  if (readArguments(argv, {}).positionals.length > 0)
    throw new UsageError('migrate takes no arguments: VOLLEY_DATABASE_URL or VOLLEY_DATA says what to migrate')
  const { dataFolder, databaseUrl, secretKey } = environment(terminal)
  return explained(terminal, async () => {
    const store = databaseUrl === null ? await openStore(dataFolder) : await openShared(databaseUrl, secretKey)
    await store.close()
    terminal.out(`The tables of ${databaseUrl === null ? dataFolder : 'the database'} are those of this version.\n`)
  })
}

/** `volley move`: carries what a data folder holds over to a shared database. It can be run again. */
export async function move(argv: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, { from: { type: 'string' }, to: { type: 'string' } })
  const { from = '.volley', to } = values
  if (positionals.length > 0 || to === undefined)
    throw new UsageError('move takes --from, a data folder, and --to, the address of a database')
  const { secretKey } = environment(terminal, { VOLLEY_DATABASE_URL: to })
  const folder = path.resolve(terminal.cwd, from)
  try {
    await terminal.readFile(path.join(folder, 'volley.db'))
  } catch {
    terminal.err(`volley: there is no data of Volley in ${folder}: name its folder with --from\n`)
    return EXIT.usage
  }
  return explained(terminal, async () => {
    const opened: Store[] = []
    try {
      const source = await openStore(folder, { secretKey })
      opened.push(source)
      const target = await openShared(to, secretKey)
      opened.push(target)
      const { moveStore } = await import('../store/move.ts')
      await moveStore(source, target, {
        onMoved: ({ what, moved, there }) =>
          terminal.out(`${what.padEnd(16)} ${moved} moved${there > 0 ? `, ${there} there already` : ''}\n`),
      })
    } finally {
      for (const store of opened) await store.close()
    }
  })
}

/** Its parts are loaded only where they are needed: every command would begin later. */
async function openShared(url: string, secretKey: string | null): Promise<Store> {
  const { openSharedStore } = await import('../store/sharedStore.ts')
  return openSharedStore(url, { secretKey })
}

function environment(terminal: Terminal, more: Record<string, string> = {}) {
  const env = parseEnv({ ...terminal.variables, ...more }, terminal.cwd)
  if (!env.ok) throw new UsageError(env.error.join('; '))
  return env.value
}

async function explained(terminal: Terminal, work: () => Promise<void>): Promise<ExitCode> {
  try {
    await work()
    return EXIT.ok
  } catch (fault) {
    if (!(fault instanceof StoreFault)) throw fault
    terminal.err(`volley: ${fault.message}\n`)
    return EXIT.failed
  }
}
