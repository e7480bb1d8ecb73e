import type { List } from '@volley/shared/api.ts'
import { type Answer, request } from './request.ts'

/** A stored secret as the server shows it: never its value. */
export interface SecretEntry {
  name: string
  /** Where tools may send it; null: wherever a tool's address points. */
  origins: string[] | null
  createdAt: string
  updatedAt: string
  /** False when it was stored with another key than the server has now: it must be stored again. */
  readable: boolean
}

/** What can be a secret's name: it has to stand in `{{secret.NAME}}`. */
export const SECRET_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/

export const listSecrets = (signal?: AbortSignal): Answer<List<SecretEntry>> =>
  request('/secrets', signal ? { signal } : {})

/** Stores a value under a name, in place of the one before. It can be used from then on and never read again. */
export const putSecret = (name: string, secret: { value: string; origins?: string[] }): Answer<SecretEntry> =>
  request(`/secrets/${encodeURIComponent(name)}`, { method: 'PUT', body: secret })

export const deleteSecret = (name: string): Answer<null> =>
  request(`/secrets/${encodeURIComponent(name)}`, { method: 'DELETE' })
