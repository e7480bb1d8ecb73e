import pino, { type Logger } from 'pino'

export type { Logger }

const HIDDEN = [
  'token',
  'authorization',
  'cookie',
  'apiKey',
  'headers.authorization',
  'headers.cookie',
  'headers["x-api-key"]',
  '*.authorization',
  '*.cookie',
  '*.apiKey',
  '*.token',
]

/**
 * Lines of JSON on standard error, keys and tokens blacked out. `info` tells of start and stop, where nobody watches the terminal; what
 * goes wrong is `warn` and up.
 */
export function createLog(
  level: pino.LevelWithSilent = process.stderr.isTTY ? 'warn' : 'info',
  to: pino.DestinationStream = standardError(),
): Logger {
  return pino({ level, base: null, redact: { paths: HIDDEN, censor: '***' } }, to)
}

// Synchronous, so that the last line before an end is not lost.
function standardError(): pino.DestinationStream {
  return pino.destination({ dest: 2, sync: true })
}
