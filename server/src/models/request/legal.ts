import { isObject } from '@volley/shared/lib/json.ts'

// A model may call what does not exist, under a name no provider takes back. It is still shown what it did, in a form that is taken.

/** A tool's name as providers take it back; one that is legal already stays as it is. */
export function legalName(name: string): string {
  const legal = name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64)
  return legal === '' ? 'unnamed' : legal
}

/** The arguments as an object, for a provider that takes nothing else: text that is none is shown under one key. */
export function argumentsObject(argumentsText: string): Record<string, unknown> {
  if (argumentsText.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(argumentsText)
    if (isObject(value)) return value
  } catch {
    // Shown below as what it is: text.
  }
  return { invalid_arguments: argumentsText }
}

/** Ids as providers take them back: a strange one is replaced by its place in the conversation, in calls and results alike. */
export function createLegalIds(): (id: string) => string {
  const given = new Map<string, string>()
  return (id) => {
    const known = given.get(id)
    if (known !== undefined) return known
    const legal = /^[a-zA-Z0-9_-]{1,64}$/.test(id) ? id : `volley_call_${given.size + 1}`
    given.set(id, legal)
    return legal
  }
}
