import type { Parts } from '../deps.ts'
import type { Models } from '../engine/ports.ts'
import { parseEnv } from '../env.ts'
import { createLog } from '../log.ts'
import { readVault } from '../secrets/readVault.ts'
import { openStandalone, type Standalone } from '../standalone/standalone.ts'
import { StoreFault } from '../store/storeFault.ts'
import { type Terminal, UsageError } from './terminal.ts'

/** An engine in this process, without a server, that keeps nothing. */
export interface ProcessEngine extends Standalone {
  /** The models there are, those behind connections included. */
  models: Models
}

/** Opens an engine with the secrets and connections of the data folder, if there is one; null after saying what is wrong with it. */
export async function openEngine(terminal: Terminal, parts: Parts): Promise<ProcessEngine | null> {
  const env = parseEnv(terminal.variables, terminal.cwd)
  if (!env.ok) throw new UsageError(env.error.join('; '))
  const vault = await readVault(env.value, parts.createModels(env.value)).catch((fault: unknown) => {
    if (!(fault instanceof StoreFault)) throw fault
    terminal.err(`volley: ${fault.message}\n`)
  })
  if (!vault) return null
  const logger = createLog('warn', undefined, vault.redaction.text)
  const standalone = await openStandalone(parts, { env: env.value, vault, logger })
  return { ...standalone, models: vault.models }
}
