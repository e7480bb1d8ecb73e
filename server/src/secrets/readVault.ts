import type { DescribedModels } from '../deps.ts'
import type { Env } from '../env.ts'
import { readSecretStore } from '../store/readSecretStore.ts'
import { createRedaction } from './redact.ts'
import { createVault, type Vault } from './vault.ts'

/** The secrets and connections that a data folder holds, for a process that runs beside its server and changes nothing. */
export async function readVault(env: Env, models: DescribedModels): Promise<Vault> {
  const store = await readSecretStore(env.dataFolder, env.secretKey)
  return createVault(env, store, { models, redaction: createRedaction() })
}
