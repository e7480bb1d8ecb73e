import type { FoundPlace, TextKind } from '@volley/shared/flow/find.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { AGENT, noteKey } from '../state/sessionStore.ts'

// How a found place is selected and told. Pure.

const KINDS: Record<TextKind, string> = {
  name: 'name',
  description: 'description',
  parameter: 'parameter',
  parameterDescription: 'a parameter’s description',
  url: 'address',
  code: 'code',
  system: 'system prompt',
  note: 'text',
}

/** The key to select for a place. */
export function keyOfPlace(flow: Flow, { owner }: FoundPlace): string | null {
  if (owner.is === 'agent') return AGENT
  if (owner.is === 'note') return flow.notes[owner.at] ? noteKey(flow.notes[owner.at]?.id ?? '') : null
  return flow.tools[owner.at]?.name ?? null
}

/** Where a place is, in words: `address of get_forecast`. */
export function placeWords(flow: Flow, { owner, kind }: FoundPlace): string {
  const of = owner.is === 'agent' ? 'the agent' : owner.is === 'note' ? 'a note' : (flow.tools[owner.at]?.name ?? '')
  return `${KINDS[kind]} of ${of}`
}

const BEFORE = 18
const AFTER = 34

/** The found words with a little of what stands around them. */
export function excerpt({ text, start, end }: Pick<FoundPlace, 'text' | 'start' | 'end'>) {
  const from = Math.max(0, start - BEFORE)
  const to = Math.min(text.length, end + AFTER)
  return {
    before: `${from > 0 ? '…' : ''}${text.slice(from, start)}`,
    found: text.slice(start, end),
    after: `${text.slice(end, to)}${to < text.length ? '…' : ''}`,
  }
}
