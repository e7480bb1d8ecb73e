import { isObject } from './json.ts'
import { err, ok, type Result } from './result.ts'

/** The way to a value inside another: names of keys, and positions in lists (negative ones count from the end). */
export type Path = readonly (string | number)[]

/**
 * Reads the path part of JMESPath: names, `"quoted names"` and `[n]`, as in `hourly."temperature 2m"[0]`. The fault of a bad one is
 * half a sentence that can follow "is no path: ".
 */
export function parsePath(text: string): Result<Path, string> {
  const path: (string | number)[] = []
  let at = 0
  while (at < text.length || path.length === 0) {
    const step = readStep(text, at, path.length === 0)
    if (!step.ok) return step
    path.push(step.value.step)
    at = step.value.end
  }
  return ok(path)
}

/** Follows a path. A value that is missing and a value that is null are told apart; inherited properties do not exist. */
export function readPath(value: unknown, path: Path): { found: true; value: unknown } | { found: false } {
  let current = value
  for (const step of path) {
    if (typeof step === 'number') {
      if (!Array.isArray(current)) return { found: false }
      const index = step < 0 ? current.length + step : step
      if (index < 0 || index >= current.length) return { found: false }
      current = current[index]
    } else {
      if (!isObject(current) || !Object.hasOwn(current, step)) return { found: false }
      current = current[step]
    }
  }
  return { found: true, value: current }
}

/** Writes a path so that {@link parsePath} reads it back: names that need quotes get them. */
export function printPath(path: Path): string {
  return path
    .map((step, number) => {
      if (typeof step === 'number') return `[${step}]`
      const name = /^[A-Za-z_][A-Za-z0-9_]*$/.test(step) ? step : JSON.stringify(step)
      return number === 0 ? name : `.${name}`
    })
    .join('')
}

const INDEX = /\s*\[\s*(-?\d{1,15})\s*\]\s*/y
const NAME = /\s*([A-Za-z_][A-Za-z0-9_]*)\s*/y
const QUOTED = /\s*("(?:[^"\\]|\\.)*")\s*/y
const DOT = /\s*\.\s*/y

function readStep(text: string, at: number, first: boolean): Result<{ step: string | number; end: number }, string> {
  const index = match(INDEX, text, at)
  if (index) return ok({ step: Number(index.text) + 0, end: index.end })

  const dot = match(DOT, text, at)
  if (first === (dot !== null)) return err(fault(text, at))
  const start = dot?.end ?? at
  const name = match(NAME, text, start)
  if (name) return ok({ step: name.text, end: name.end })
  const quoted = match(QUOTED, text, start)
  if (!quoted) return err(fault(text, start))
  try {
    return ok({ step: JSON.parse(quoted.text) as string, end: quoted.end })
  } catch {
    return err(`the quoted name ${quoted.text} is no JSON text`)
  }
}

function match(pattern: RegExp, text: string, at: number): { text: string; end: number } | null {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  return found ? { text: found[1] ?? '', end: pattern.lastIndex } : null
}

function fault(text: string, at: number): string {
  if (text.trim() === '') return 'it is empty'
  const rest = text.slice(at, at + 20)
  return rest === ''
    ? 'it ends where a name should follow'
    : `a name, "quoted name" or [number] should stand where "${rest}" does`
}
