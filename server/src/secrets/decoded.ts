/** A text as someone would read it who undoes an encoding; `starts[n]` is where its character n began, one more entry is the end. */
export interface DecodedCopy {
  text: string
  starts: readonly number[]
}

/**
 * The copies of a text in which percent-encoding, JSON's escapes or HTML's entities are undone, each where the text has any. Servers encode in
 * many ways (which signs they leave alone, small digits or large ones); undone, all of them are the same.
 */
export function decodedCopies(text: string): DecodedCopy[] {
  return [
    ...(text.includes('%') ? decoded(text, PERCENT, readPercent) : []),
    ...(text.includes('\\') ? decoded(text, ESCAPE, readEscape) : []),
    ...(text.includes('&') ? decoded(text, ENTITY, readEntity) : []),
  ]
}

const PERCENT = /(?:%[0-9a-f]{2})+/gi
const ESCAPE = /\\(?:u[0-9a-f]{4}|["\\/bfnrt])/gi
const ENTITY = /&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});/gi

/** Reads one encoded stretch as letters, each with its place in the stretch. */
type Read = (stretch: string) => { letter: string; at: number }[]

function decoded(text: string, stretch: RegExp, read: Read): DecodedCopy[] {
  const parts: string[] = []
  const starts: number[] = []
  let done = 0
  const keep = (to: number) => {
    parts.push(text.slice(done, to))
    for (let at = done; at < to; at++) starts.push(at)
  }
  for (const { 0: found, index } of text.matchAll(stretch)) {
    keep(index)
    for (const { letter, at } of read(found)) {
      parts.push(letter)
      for (let unit = 0; unit < letter.length; unit++) starts.push(index + at)
    }
    done = index + found.length
  }
  if (done === 0) return []
  keep(text.length)
  return [{ text: parts.join(''), starts: [...starts, text.length] }]
}

const utf8 = new TextDecoder()

const readPercent: Read = (stretch) => {
  const bytes = Uint8Array.from(stretch.slice(1).split('%'), (digits) => Number.parseInt(digits, 16))
  const letters: ReturnType<Read> = []
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1
    letters.push({ letter: utf8.decode(bytes.subarray(at, at + length)), at: at * 3 })
    at += length
  }
  return letters
}

const SHORT_ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

const readEscape: Read = (stretch) => {
  const sign = stretch[1] ?? ''
  const isCode = stretch.length > 2
  return [
    {
      letter: isCode ? String.fromCharCode(Number.parseInt(stretch.slice(2), 16)) : (SHORT_ESCAPES[sign] ?? sign),
      at: 0,
    },
  ]
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const readEntity: Read = (stretch) => {
  const inside = stretch.slice(1, -1).toLowerCase()
  if (!inside.startsWith('#')) return [{ letter: NAMED[inside] ?? '', at: 0 }]
  const code = inside.startsWith('#x') ? Number.parseInt(inside.slice(2), 16) : Number(inside.slice(1))
  return [{ letter: code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd', at: 0 }]
}
