import { isObject } from '@volley/shared/lib/json.ts'
import type { ModelEvent } from '../../engine/ports.ts'

/**
 * Puts one provider's raw stream events together into text and calls: pure and strict. It never throws whatever comes in, never
 * repairs what the model wrote, and its work grows with the bytes alone, not with the numbers that stand in them.
 */
export interface Assembler {
  /** What one event adds; `event` is the parsed JSON of its data, `name` the server-sent event's own name. */
  push(event: unknown, name?: string): ModelEvent[]
  /** The stream is over, or broke off: the last events, if they have not come yet. */
  end(): ModelEvent[]
  /** True once the last event has been given: what follows is not read. */
  isOver(): boolean
  /** True once the message has ended well and only its figures (usage) may still come. */
  isEnding(): boolean
}

/** The text of a field, or '' where it holds no text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The text of an id field, or null where there is none. */
export function idOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** A field's object, or an empty one. */
export function objectOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {}
}

/** A field's list, or an empty one. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** A count of tokens, where the field holds one. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

/** Arguments that came as a value and not as text, written as the text they stand for. */
export function argumentsTextOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  try {
    return JSON.stringify(value)
  } catch {
    // Nested deeper than the stack is: no JSON anyone could read back.
    return '…'
  }
}
