import type { Message } from '../../engine/ports.ts'

/**
 * Throws when a conversation breaks what every provider asks of it: it begins with the user, every call has exactly one result, right
 * after its message and in its order, and no id stands for two calls. Only we can cause that.
 */
export function checkHistory(messages: readonly Message[]): void {
  const seen = new Set<string>()
  if (messages[0]?.role !== 'user') throw new Error('a conversation must begin with a message of the user')
  for (const [at, message] of messages.entries()) {
    const before = messages[at - 1]
    if (message.role === 'results') {
      const asked = before?.role === 'assistant' ? before.calls : []
      if (asked.length === 0) throw new Error(`message ${at} has results, but no calls stand before it`)
      const ids = message.results.map(({ id }) => id)
      if (ids.length !== asked.length || asked.some(({ id }, place) => id !== ids[place]))
        throw new Error(
          `message ${at} must have one result for each call before it, in their order: asked for ${asked.map(({ id }) => id)}, came ${ids}`,
        )
      continue
    }
    if (before?.role === 'assistant' && before.calls.length > 0)
      throw new Error(`the calls of message ${at - 1} have no results`)
    if (message.role !== 'assistant') continue
    for (const { id } of message.calls) {
      if (id === '' || seen.has(id)) throw new Error(`message ${at} has a call whose id "${id}" is empty or taken`)
      seen.add(id)
    }
  }
  const last = messages.at(-1)
  if (last?.role === 'assistant') throw new Error('a conversation that ends with the assistant asks for nothing')
}
