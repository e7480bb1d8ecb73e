import path from 'node:path'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { z } from 'zod'
import type { GivenLimit } from './limits/limitsOf.ts'
import { parseGivenLimits } from './limits/parseGivenLimits.ts'
import { parseTelemetryEnv, type TelemetryEnv } from './telemetry/telemetryEnv.ts'
import { type AllowList, parseAllowList } from './tools/addresses.ts'

/** The environment, read once (contract 7). */
export interface Env {
  port: number
  host: string
  /** Names beside the loopback ones under which the server may be addressed: `name` or `name:port`. */
  allowedHosts: string[]
  dataFolder: string
  /** The database that many servers share; null: the store in the data folder. */
  databaseUrl: string | null
  token: string | null
  /** What secrets are encrypted with at rest; null: a key that the server makes and keeps in the data folder. */
  secretKey: string | null
  /** What tools may reach although private. */
  egressAllow: AllowList
  /** Whether the code of tools may `fetch`, by the same rules as http tools. */
  codeFetch: boolean
  /** What hosts and providers are asked at once, and how often, over all runs and servers. */
  limits: GivenLimit[]
  /** Keys and addresses of model providers, under the names the official SDKs read. */
  models: ModelEnv
  /** Where spans of runs are sent; null: nowhere. */
  telemetry: TelemetryEnv | null
}

export interface ModelEnv {
  OPENAI_API_KEY?: string
  OPENAI_BASE_URL?: string
  ANTHROPIC_API_KEY?: string
  ANTHROPIC_BASE_URL?: string
}

const HOST_NAME = /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]*[a-z0-9])?)(:\d{1,5})?$/i

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
const address = z.url({ protocol: /^https?$/, error: 'must be an address such as https://models.example/v1' })

const schema = z.object({
  VOLLEY_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port from 0 to 65535 (0 takes any free one)')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port from 0 to 65535 (0 takes any free one)')
    .default(4400),
  VOLLEY_HOST: z.string().default('127.0.0.1'),
  VOLLEY_ALLOWED_HOSTS: list.refine((hosts) => hosts.every((host) => HOST_NAME.test(host)), {
    error: 'must be names such as volley.example or volley.example:8443, separated by commas',
  }),
  VOLLEY_DATA: z.string().default('.volley'),
  VOLLEY_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be an address such as postgres://user:password@host/database' })
    .exactOptional(),
  VOLLEY_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be plain letters, digits and signs, without spaces')
    .exactOptional(),
  VOLLEY_SECRET_KEY: z
    .string()
    .min(16, 'must be at least 16 characters long: "openssl rand -base64 32" makes a good one')
    .exactOptional(),
  VOLLEY_EGRESS_ALLOW: z.string().default(''),
  VOLLEY_LIMITS: z.string().default(''),
  VOLLEY_CODE_FETCH: z.enum(['on', 'off'], { error: 'must be on or off' }).default('off'),
  OPENAI_API_KEY: z.string().exactOptional(),
  OPENAI_BASE_URL: address.exactOptional(),
  ANTHROPIC_API_KEY: z.string().exactOptional(),
  ANTHROPIC_BASE_URL: address.exactOptional(),
})

/** Reads the variables Volley knows; an empty one counts as not set. Every fault is a sentence that names the variable. */
export function parseEnv(variables: Record<string, string | undefined>, cwd: string): Result<Env, string[]> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => (variables[name]?.trim() ? [[name, variables[name]?.trim()]] : [])),
  )
  const parsed = schema.safeParse(given)
  if (!parsed.success) return err(parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`))
  const { data } = parsed
  const egressAllow = parseAllowList(data.VOLLEY_EGRESS_ALLOW)
  if (!egressAllow.ok) return err([egressAllow.error])
  const limits = parseGivenLimits(data.VOLLEY_LIMITS)
  if (!limits.ok) return err([limits.error])
  const telemetry = parseTelemetryEnv(variables)
  if (!telemetry.ok) return telemetry
  const models: ModelEnv = {}
  for (const name of ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL'] as const) {
    const value = data[name]
    if (value !== undefined) models[name] = value
  }
  const env: Env = {
    port: data.VOLLEY_PORT,
    host: data.VOLLEY_HOST,
    allowedHosts: data.VOLLEY_ALLOWED_HOSTS.map((host) => host.toLowerCase()),
    dataFolder: path.resolve(cwd, data.VOLLEY_DATA),
    databaseUrl: data.VOLLEY_DATABASE_URL ?? null,
    token: data.VOLLEY_TOKEN ?? null,
    secretKey: data.VOLLEY_SECRET_KEY ?? null,
    egressAllow: egressAllow.value,
    codeFetch: data.VOLLEY_CODE_FETCH === 'on',
    limits: limits.value,
    models,
    telemetry: telemetry.value,
  }
  const isOpen = !isLoopback(env.host)
  if (isOpen && (env.token === null || env.allowedHosts.length === 0))
    return err([
      `VOLLEY_HOST=${env.host} lets other machines in: set VOLLEY_TOKEN and VOLLEY_ALLOWED_HOSTS (the names it is reached by), or leave VOLLEY_HOST out`,
    ])
  return ok(env)
}

/** Whether only this machine can reach a server that listens there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
