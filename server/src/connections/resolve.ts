import { fillText, Overfilled, roomToFill } from '@volley/shared/lib/template.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Connection } from './connections.ts'
import { placeOf, type StoredConnection } from './stored.ts'

/** The connection as it is used: each `{{secret.NAME}}` is the secret's value now. What is missing is told, and stays empty. */
export function resolveConnection(
  { name, shown, hidden, hash, approved }: StoredConnection,
  secrets: Pick<Secrets, 'get'>,
): Connection {
  const problems: string[] = []
  if (hidden === null)
    problems.push(`The connection "${name}" was stored with another VOLLEY_SECRET_KEY: store it again.`)
  const place = placeOf(shown)
  const room = roomToFill()
  const secretIn = (placeholder: string) => {
    const secret = placeholder.slice('secret.'.length)
    const value = secrets.get(secret, place)
    if (typeof value === 'string') return value
    problems.push(
      value === undefined
        ? `The connection "${name}" needs the secret "${secret}", which is not stored: add it in the settings.`
        : `The connection "${name}" may not use the secret "${secret}": it is bound to ${value.boundTo.join(', ')}.`,
    )
    return undefined
  }
  const fill = (text: string) => {
    try {
      return fillText(text, secretIn, undefined, room)
    } catch (fault) {
      if (!(fault instanceof Overfilled)) throw fault
      problems.push(`The connection "${name}" cannot be filled in. ${fault.message}`)
      return ''
    }
  }
  const filled = (values: Record<string, string> = {}) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fill(value)]))

  const { apiKey, headers, env } = hidden ?? {}
  const parts =
    shown.kind !== 'mcp'
      ? { ...shown, ...(apiKey === undefined ? {} : { apiKey: fill(apiKey) }) }
      : 'url' in shown
        ? { kind: shown.kind, transport: { is: 'http' as const, url: shown.url, headers: filled(headers) } }
        : { kind: shown.kind, transport: stdio(shown, filled(env)) }
  return { name, hash, approved, ...parts, problem: problems[0] ?? null }
}

function stdio({ command, args, cwd }: { command: string; args: string[]; cwd?: string }, env: Record<string, string>) {
  return { is: 'stdio' as const, command, args, env, ...(cwd === undefined ? {} : { cwd }) }
}
