import type { ConversationAnswer, ShownMessage, ShownResult } from '@volley/shared/api.ts'

/** One thing to read in a conversation; a message of many calls or results is many of them. */
export type MessageItem =
  | { kind: 'system'; turn: 0; text: string }
  | { kind: 'user'; turn: 0; text: string }
  | { kind: 'assistant'; turn: number; text: string; calls: number }
  | { kind: 'call'; turn: number; call: number; tool: string; argumentsText: string }
  | ({ kind: 'result'; turn: number } & ShownResult)

/** A conversation as a list, in the order in which the model read it. */
export function messageItems({ system, messages }: ConversationAnswer): MessageItem[] {
  const first: MessageItem[] = system === '' ? [] : [{ kind: 'system', turn: 0, text: system }]
  return [...first, ...messages.flatMap(itemsOf)]
}

function itemsOf(message: ShownMessage): MessageItem[] {
  switch (message.role) {
    case 'user':
      return [{ kind: 'user', turn: 0, text: message.text }]
    case 'assistant': {
      const { turn, text, calls } = message
      return [
        { kind: 'assistant', turn, text, calls: calls.length },
        ...calls.map((call): MessageItem => ({ kind: 'call', turn, ...call })),
      ]
    }
    case 'results':
      return message.results.map((result) => ({ kind: 'result', turn: message.turn, ...result }))
  }
}
