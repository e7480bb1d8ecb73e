/**
 * `blank`: nothing but white space so far. `open`: inside the value. `closed`: the object (list, text) has ended, and only white space
 * followed. `spoiled`: something else followed, so that the text is no JSON whatever comes.
 */
export type ScanState = 'blank' | 'open' | 'closed' | 'spoiled'

export interface ObjectScanner {
  feed(piece: string): ScanState
  state(): ScanState
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENS: ReadonlyMap<number, number> = new Map([
  [0x7b, 0x7d],
  [0x5b, 0x5d],
  [QUOTE, QUOTE],
])

/**
 * Tells when the JSON value of a text that comes in pieces has closed, reading every character once. It knows strings and escapes
 * and nothing else of JSON: whether the closed text is valid is for the reader of the whole to say.
 */
export function createObjectScanner(): ObjectScanner {
  let state: ScanState = 'blank'
  let opener = 0
  let closer = 0
  let depth = 0
  let inString = false
  let escaped = false

  const readInside = (code: number) => {
    if (inString) {
      if (escaped) escaped = false
      else if (code === BACKSLASH) escaped = true
      else if (code === QUOTE) {
        inString = false
        if (opener === QUOTE) state = 'closed'
      }
    } else if (code === QUOTE) inString = true
    else if (code === opener) depth++
    else if (code === closer && --depth === 0) state = 'closed'
  }
  const begin = (code: number) => {
    state = 'open'
    opener = code
    // A number or a bare word has no closing character: it stays open to the end of the message.
    closer = OPENS.get(code) ?? -1
    depth = closer === -1 ? 0 : 1
    if (closer === -1) opener = -1
    inString = code === QUOTE
  }

  return {
    feed(piece) {
      for (let at = 0; at < piece.length && state !== 'spoiled'; at++) {
        const code = piece.charCodeAt(at)
        if (state === 'open') readInside(code)
        else if (isWhiteSpace(code)) continue
        else if (state === 'blank') begin(code)
        else state = 'spoiled'
      }
      return state
    },
    state: () => state,
  }
}

/** White space as JSON has it. */
function isWhiteSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
