import { err, ok, type Result } from '@volley/shared/lib/result.ts'
import { RE2JS } from 're2js'

// Patterns of schemas come with flows, and flows come from anywhere: they run on an engine whose time grows with the text alone.

export interface LinearRegExp {
  test(text: string): boolean
  /** What testing a text may take, in the steps of `schemaWork.ts`: it goes along with the text and with the pattern. */
  stepsFor(text: string): number
  /** The pattern as it was written. */
  toString(): string
}

const BACKREFERENCE = /(?:^|[^\\])(?:\\\\)*\\(?:[1-9]|k<)/

/** Compiles a pattern of JavaScript's dialect. The fault of one that cannot run in linear time is half a sentence. */
export function compileRegExp(pattern: string): Result<LinearRegExp, string> {
  if (BACKREFERENCE.test(pattern)) return err('back-references are not supported')
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern))
    const stepsPerCharacter = 4 + compiled.programSize() / 4
    return ok({
      test: (text) => compiled.matcher(text).find(),
      stepsFor: (text) => 100 + text.length * stepsPerCharacter,
      toString: () => pattern,
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace('error parsing regexp: ', '') : String(error)
    const look = /\(\?(?:[=!]|<[=!])/.test(pattern) ? ' (look-ahead and look-behind are not supported)' : ''
    return err(`${reason}${look}`)
  }
}
