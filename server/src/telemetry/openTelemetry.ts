import type { TelemetryNeeds } from '../deps.ts'
import { systemClock } from '../systemClock.ts'
import { createTelemetry, type Telemetry } from './telemetry.ts'
import type { TelemetryEnv } from './telemetryEnv.ts'

/** Sends spans as the environment says, if it does. OpenTelemetry's library is loaded only then. */
export async function openTelemetry(
  env: TelemetryEnv | null,
  { logger, hide, read }: Omit<TelemetryNeeds, 'env'>,
): Promise<Telemetry | null> {
  if (!env) return null
  const { createExporter } = await import('./exporter.ts')
  const { origin, pathname } = new URL(env.url)
  const collector = `${origin}${pathname}`
  return createTelemetry({
    send: createExporter(env),
    read,
    clock: systemClock,
    withContent: env.withContent,
    hide,
    onTrouble(trouble) {
      if (trouble.is === 'over')
        logger.info({ collector, lostSpans: trouble.lost }, 'the OpenTelemetry collector takes spans again')
      else
        logger.warn(
          { collector, reason: trouble.reason },
          'the OpenTelemetry collector does not take spans: runs go on, their spans are lost until it does',
        )
    },
  })
}
