/** The last part of a stream of bytes, as text. */
export interface Tail {
  add(part: Buffer | string): void
  text(): string
}

/** Keeps the last `limit` bytes; never holds more than twice as many. */
export function createTail(limit: number): Tail {
  let parts: Buffer[] = []
  let length = 0
  const shrink = () => {
    const whole = Buffer.concat(parts, length)
    parts = [whole.subarray(Math.max(0, whole.length - limit))]
    length = Math.min(whole.length, limit)
  }
  return {
    add(part) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part
      parts.push(bytes)
      length += bytes.length
      if (length > 2 * limit) shrink()
    },
    text() {
      shrink()
      return (parts[0] ?? Buffer.alloc(0)).toString('utf8')
    },
  }
}
