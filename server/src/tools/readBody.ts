import { pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { err, ok, type Result } from '@volley/shared/lib/result.ts'

export interface BodyFault {
  is: 'too large' | 'not readable'
  encoding: string
}

/**
 * Reads a body to its end, unpacked. Never holds more than the limit: bytes are counted after unpacking, and reading ends at the first
 * one too many. Throws when the connection breaks or is aborted.
 */
export async function readBody(
  body: Readable,
  encoding = 'identity',
  limit: number,
): Promise<Result<Buffer, BodyFault>> {
  const unpack = unpackerOf(encoding)
  if (unpack === undefined) {
    body.on('error', () => {}).destroy()
    return err({ is: 'not readable', encoding })
  }
  let broken: unknown
  body.once('error', (error) => {
    broken = error
  })
  const source = unpack ? pipeline(body, unpack, () => {}) : body
  const parts: Buffer[] = []
  let length = 0
  try {
    for await (const part of source as AsyncIterable<Buffer>) {
      length += part.length
      if (length > limit) return err({ is: 'too large', encoding })
      parts.push(part)
    }
  } catch (error) {
    if (unpack === null || broken !== undefined) throw broken ?? error
    return err({ is: 'not readable', encoding })
  } finally {
    body.on('error', () => {}).destroy()
  }
  return ok(Buffer.concat(parts, length))
}

/** Null when there is nothing to unpack, undefined for a packing that nobody asked for. */
function unpackerOf(encoding: string): Transform | null | undefined {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return null
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'deflate':
      return createInflate()
    case 'br':
      return createBrotliDecompress()
    default:
      return undefined
  }
}
