/** Where a text stops being JSON, and why; lines and columns count from 1. */
export interface JsonFault {
  line: number
  column: number
  reason: string
}

/** Finds the fault of a text that should be JSON; null when it is. The place is worked out here: engines word it differently, or leave it out. */
export function jsonFault(text: string): JsonFault | null {
  try {
    JSON.parse(text)
    return null
  } catch {
    const { at, reason } = firstFault(text)
    const before = text.slice(0, at).split('\n')
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, reason }
  }
}

type Expecting = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma' | 'end'

const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a JSON text holds none of them unescaped.
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)))/y
const SPACE = /[ \t\r\n]*/y

/** Reads tokens as the grammar wants them, and stops at the first that does not fit. */
function firstFault(text: string): { at: number; reason: string } {
  const open: ('{' | '[')[] = []
  let expecting: Expecting = 'value'
  let at = 0
  for (;;) {
    SPACE.lastIndex = at
    const start = at + (SPACE.exec(text)?.[0].length ?? 0)
    TOKEN.lastIndex = at
    const found = TOKEN.exec(text)
    if (!found)
      return { at: start, reason: start >= text.length ? endsEarly(expecting) : strange(text, start, expecting) }
    at = TOKEN.lastIndex
    const [, sign, string, literal] = found
    const next = after(sign, string ?? literal, string !== undefined, expecting, open)
    if (next === null) return { at: start, reason: `${wanted(expecting)} should stand here` }
    expecting = next
  }
}

/** What may follow a token, or null where the token itself may not stand. Keeps `open`, the brackets not yet closed. */
function after(
  sign: string | undefined,
  value: string | undefined,
  isString: boolean,
  expecting: Expecting,
  open: ('{' | '[')[],
): Expecting | null {
  const takesValue = expecting === 'value' || expecting === 'value or ]'
  const done = (): Expecting => (open.length === 0 ? 'end' : 'comma')
  if (value !== undefined) {
    if (takesValue) return done()
    return isString && (expecting === 'name' || expecting === 'name or }') ? 'colon' : null
  }
  switch (sign) {
    case '{':
    case '[':
      if (!takesValue) return null
      open.push(sign)
      return sign === '{' ? 'name or }' : 'value or ]'
    case '}':
    case ']': {
      const mayClose = expecting === 'comma' || expecting === (sign === '}' ? 'name or }' : 'value or ]')
      if (!mayClose || open.pop() !== (sign === '}' ? '{' : '[')) return null
      return done()
    }
    case ':':
      return expecting === 'colon' ? 'value' : null
    default:
      return expecting === 'comma' ? (open.at(-1) === '{' ? 'name' : 'value') : null
  }
}

const wanted = (expecting: Expecting): string =>
  ({
    value: 'a value',
    'value or ]': 'a value or ]',
    name: 'a name in double quotes',
    'name or }': 'a name in double quotes, or }',
    colon: 'a colon',
    comma: 'a comma or the closing bracket',
    end: 'nothing more',
  })[expecting]

const endsEarly = (expecting: Expecting) => `it ends where ${wanted(expecting)} should follow`

function strange(text: string, at: number, expecting: Expecting): string {
  const character = text[at] ?? ''
  if (character === '"') return 'this text is never closed, or holds a character that must be escaped'
  if (character === "'") return 'texts stand in double quotes'
  return `${wanted(expecting)} should stand where ${JSON.stringify(character)} does`
}
