import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, scryptSync } from 'node:crypto'

/** Encrypts what must not be readable at rest (AES-256-GCM). */
export interface Seal {
  /** The text, encrypted for this place: what is sealed for one name cannot be opened under another. */
  close(place: string, text: string): string
  /** The text again; null when it was sealed with another key, for another place, or was changed. */
  open(place: string, sealed: string): string | null
  /** A fingerprint that tells nothing of the text to anyone without the key. */
  fingerprint(text: string): string
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** A seal with a key drawn from a secret text. */
export function createSeal(secretText: string): Seal {
  const root = scryptSync(secretText, 'volley sealed at rest', 32)
  const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', root, '', use, 32))
  const [sealing, printing] = [keyFor('seal'), keyFor('fingerprint')]
  return {
    close(place, text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    open(place, sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return null
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE_BYTES))
          .setAAD(Buffer.from(place))
          .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
        const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES))
        return Buffer.concat([body, decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
    fingerprint: (text) => createHmac('sha256', printing).update(text).digest('hex'),
  }
}
