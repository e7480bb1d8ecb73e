import type { Migration } from 'kysely/migration'
import * as flowsAndRuns from './0001_flows_and_runs.ts'
import * as secretsConnectionsAudit from './0002_secrets_connections_audit.ts'
import * as prices from './0003_prices.ts'
import * as runDigests from './0004_run_digests.ts'
import * as exchanges from './0005_exchanges.ts'
import * as apiTokens from './0006_api_tokens.ts'
import * as versionAuthors from './0007_version_authors.ts'
import * as dataSetsAndEvals from './0008_data_sets_and_evals.ts'
import * as fleet from './0009_fleet.ts'
import * as rateWindows from './0010_rate_windows.ts'

/** Every step of the schema, in order. A step that was released is never edited: a change is a new step. */
export const MIGRATIONS: Record<string, Migration> = {
  '0001_flows_and_runs': flowsAndRuns,
  '0002_secrets_connections_audit': secretsConnectionsAudit,
  '0003_prices': prices,
  '0004_run_digests': runDigests,
  '0005_exchanges': exchanges,
  '0006_api_tokens': apiTokens,
  '0007_version_authors': versionAuthors,
  '0008_data_sets_and_evals': dataSetsAndEvals,
  '0009_fleet': fleet,
  '0010_rate_windows': rateWindows,
}
