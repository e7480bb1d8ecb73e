import type { Env } from '../env.ts'

/** Shorter ones are made up, as tests and servers without keys have them: "none", "test". Such a word is not to be hidden everywhere. */
const SHORTEST_KEY = 12

/** The keys that came by the environment. */
export function keysOf({
  models,
  token,
  secretKey,
  telemetry,
}: Pick<Env, 'models' | 'token' | 'secretKey' | 'telemetry'>): string[] {
  const sent = Object.values(telemetry?.headers ?? {})
  const keys = [models.OPENAI_API_KEY, models.ANTHROPIC_API_KEY, token, secretKey, ...sent]
  return keys.flatMap((key) => (key && key.length >= SHORTEST_KEY ? [key] : []))
}
