import type { CodeFault, Place } from './protocol.ts'
import { SOURCE_FILE } from './protocol.ts'

export interface ThrownError {
  name: string
  message: string
  stack: string
}

/** What the code threw, as a sentence with its place in the user's source and, for names that do not exist here, the way out. */
export function codeFault({ name, message, stack }: ThrownError, source: string): CodeFault {
  const place = placeOf(stack, source)
  const said = name === '' || name === 'Error' || message.startsWith('The ') ? message : `${name}: ${message}`
  const missing = /^'?(\w+)'? is not defined$/.exec(message)?.[1] ?? ''
  const hint = name === 'ReferenceError' && Object.hasOwn(HINTS, missing) ? `: ${HINTS[missing]}` : ''
  return { message: `${said || 'It threw an error without a message'}${hint}`, place }
}

const TIMERS = 'code tools have no timers. Compute and return; to wait is not possible here'
const NO_NODE = 'code tools run alone, without Node, files or environment. Take what is needed from the arguments'
const HINTS: Record<string, string> = {
  fetch: 'this server does not let code tools reach the network. Use an http tool, or set VOLLEY_CODE_FETCH=on',
  setTimeout: TIMERS,
  setInterval: TIMERS,
  setImmediate: TIMERS,
  sleep: TIMERS,
  performance: 'code tools have no clock but Date',
  process: NO_NODE,
  require: NO_NODE,
  Buffer: NO_NODE,
  module: NO_NODE,
  window: 'code tools do not run in a browser',
  document: 'code tools do not run in a browser',
}

/** The first place of the stack that lies in the user's own source, and really exists there. */
function placeOf(stack: string, source: string): Place | null {
  const [, line, column] = new RegExp(`${SOURCE_FILE.replace('.', '\\.')}:(\\d+):(\\d+)`).exec(stack) ?? []
  if (line === undefined || Number(line) < 1 || Number(line) > source.split('\n').length) return null
  return { line: Number(line), column: Math.max(1, Number(column)) }
}

/** Imports do not exist here: the fault stands where the module is named. */
export function importFault(name: string, source: string): CodeFault {
  const lines = source.split('\n')
  const at = lines.findIndex(
    (line) => /\b(import|from|export)\b/.test(line) && (line.includes(`'${name}'`) || line.includes(`"${name}"`)),
  )
  const column = at < 0 ? -1 : (lines[at] ?? '').search(/\b(import|export)\b/)
  const message = `Code tools cannot import anything, but this imports "${name}": put what it needs into the source.`
  return { message, place: at < 0 ? null : { line: at + 1, column: Math.max(0, column) + 1 } }
}
