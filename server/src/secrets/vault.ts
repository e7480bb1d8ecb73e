import { type Connections, createConnections } from '../connections/connections.ts'
import { withConnections } from '../connections/models.ts'
import type { DescribedModels } from '../deps.ts'
import type { Env } from '../env.ts'
import type { Store } from '../store/store.ts'
import { keysOf } from './environmentKeys.ts'
import type { Redaction } from './redact.ts'
import { createSecrets, type Secrets } from './secrets.ts'

/** Everything that is kept secret, and what is reached with it. */
export interface Vault {
  redaction: Redaction
  secrets: Secrets
  connections: Connections
  /** The models there are anyway, and those behind connections. */
  models: DescribedModels
}

/** Reads the secrets and connections of a store. From then on the redaction hides every value of them, and the environment's keys. */
export async function createVault(
  env: Env,
  store: Pick<Store, 'secrets' | 'connections'>,
  { models, redaction, ownPort = null }: { models: DescribedModels; redaction: Redaction; ownPort?: number | null },
): Promise<Vault> {
  redaction.hide(keysOf(env))
  const secrets = await createSecrets(store.secrets, redaction)
  const builtIn = (await models.describe()).map(({ name }) => name)
  const connections = await createConnections(store.connections, { secrets, builtIn, ownPort, hide: redaction.hide })
  return { redaction, secrets, connections, models: withConnections(models, connections) }
}
