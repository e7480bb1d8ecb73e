import type { Flow } from '../flow/flow.ts'
import { isObject } from '../lib/json.ts'
import type { CallState, RunState } from '../run/state.ts'
import { readReferences } from './recordedTurns.ts'

/** Where a value in a call's arguments came from. */
export interface ArgumentSource {
  /** The way to the value in the arguments: `stops[0].lat`. */
  argument: string
  /** The call that gave it. */
  call: number
  /** The way to it in that call's result; empty for the whole. */
  path: string
  /** Of a reference inside a text: the text, with `{}` in the place of the value. */
  text?: string
  /** What stands there now; undefined where the call never got so far. */
  value: unknown
}

/** What a call took from the results of others, by reference or by the map of an edge. `flow` is the document that ran. */
export function argumentSources(run: RunState, flow: Flow, call: CallState): ArgumentSource[] {
  const { sites, mapped } = readReferences(run, flow)(call.call)
  const valueAt = (at: readonly (string | number)[]) =>
    at.reduce<unknown>(
      (value, key) => (isObject(value) || Array.isArray(value) ? own(value, key) : undefined),
      call.arguments,
    )
  return [
    ...sites.map(({ at, call: source, path, text }) => ({
      argument: wayOf(at),
      call: source,
      path,
      ...(text === undefined ? {} : { text }),
      value: valueAt(at),
    })),
    ...mapped.map(({ parameter, call: source, path }) => ({
      argument: parameter,
      call: source,
      path,
      value: valueAt([parameter]),
    })),
  ]
}

const own = (value: object, key: string | number): unknown =>
  Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined

const wayOf = (at: readonly (string | number)[]) =>
  at.map((key, nth) => (typeof key === 'number' ? `[${key}]` : nth === 0 ? key : `.${key}`)).join('')
