import { isWrittenWhole, parseNumbers } from '../lib/json.ts'
import type { CallState } from './state.ts'

// How a model wrote the arguments of a call. Their value tells it but for two things that some read differently: 5.0 and 1e3 become whole
// numbers, and a text that holds JSON looks like arguments that are no JSON. Only then is the text kept beside the value.

/** What is longer is kept as a value alone: its numbers are not worth a log twice as long. */
const MOST_CHARS = 100_000

/** The text of a call's arguments when it has to be kept beside their value; null when the value tells all. */
export function textToKeep(text: string, value: unknown): string | null {
  if (text.length > MOST_CHARS || value === text) return null
  return typeof value === 'string' || losesNumbers(text) ? text : null
}

/** Whether a number of a JSON text is whole when it is written again and was not before, or the other way round. */
function losesNumbers(text: string): boolean {
  if (text.trim() === '') return false
  let isLost = false
  parseNumbers(text, (value, written) => {
    isLost ||= isWrittenWhole(written) !== isWrittenWhole(String(value))
    return value
  })
  return isLost
}

/** The arguments of a call as the model wrote them: its very text where that was kept, else their value written anew. */
export function emittedText({
  emittedArguments,
  emittedArgumentsText,
}: Pick<CallState, 'emittedArguments' | 'emittedArgumentsText'>): string {
  if (emittedArgumentsText !== undefined) return emittedArgumentsText
  return typeof emittedArguments === 'string' ? emittedArguments : JSON.stringify(emittedArguments)
}
