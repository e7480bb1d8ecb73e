import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import type { SecretInfo, SecretRows } from '../store/secrets.ts'

/** A secret as a list shows it. */
export interface SecretEntry extends SecretInfo {
  /** False when it was stored with another key than the server has now: it must be stored again. */
  readable: boolean
}

/** A secret that is there but may not go where it was asked for. */
export interface BoundSecret {
  boundTo: readonly string[]
}

export interface Secrets {
  list(): SecretEntry[]
  put(name: string, secret: { value: string; origins: string[] | null }): Promise<Result<SecretEntry, string>>
  delete(name: string): Promise<boolean>
  /** Reads the stored ones anew, where another server may have changed them. */
  reload(): Promise<void>
  /** The value for a request to this origin; undefined when there is none. */
  get(name: string, origin: string): string | BoundSecret | undefined
}

const MOST_SECRETS = 1000

/**
 * The stored secrets, in memory for use. `hide` is told of every value before it can be used anywhere, and is not told to forget: a run
 * that took a value while it was stored may still show it.
 */
export async function createSecrets(
  rows: SecretRows,
  { hide }: { hide: (values: string[]) => void },
): Promise<Secrets> {
  const stored = new Map((await rows.values()).map((row) => [row.name, row]))
  hide([...stored.values()].flatMap(({ value }) => value ?? []))

  const entryOf = ({ value, ...info }: SecretInfo & { value: string | null }): SecretEntry => ({
    ...info,
    readable: value !== null,
  })
  const reload = async () => {
    const rowsNow = await rows.values()
    hide(rowsNow.flatMap(({ value }) => value ?? []))
    stored.clear()
    for (const row of rowsNow) stored.set(row.name, row)
  }

  return {
    reload,
    list: () => [...stored.values()].map(entryOf),
    async put(name, secret) {
      if (!stored.has(name) && stored.size >= MOST_SECRETS)
        return err(`There are ${MOST_SECRETS} secrets already: delete one that is not needed any more.`)
      hide([secret.value])
      await rows.put(name, secret)
      await reload()
      const row = stored.get(name)
      return row ? ok(entryOf(row)) : err(`The secret "${name}" was deleted while it was stored: try again.`)
    },
    async delete(name) {
      const wasThere = await rows.delete(name)
      stored.delete(name)
      return wasThere
    },
    get(name, origin) {
      const secret = stored.get(name)
      if (!secret || secret.value === null) return undefined
      if (secret.origins && !secret.origins.includes(origin)) return { boundTo: secret.origins }
      return secret.value
    },
  }
}
