import { assertNever } from '../lib/result.ts'
import { shorten } from '../lib/words.ts'
import { type AnswerCheck, type Expectations, type Need, needOf } from './testCase.ts'

const BEFORE: Record<Need, string> = { required: '', optional: 'maybe ', forbidden: 'never ' }

/** The expected calls in a line: `tide × 2, sail, maybe wind, never cancel_trip`. */
export function callsInShort({ calls }: Expectations): string {
  if (!calls) return 'Any calls'
  if (calls.length === 0) return 'No calls'
  const counts = new Map<string, number>()
  for (const call of calls) {
    const words = `${BEFORE[needOf(call)]}${call.tool}`
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  return [...counts].map(([words, count]) => (count === 1 ? words : `${words} × ${count}`)).join(', ')
}

/** What is expected of the answer in a line: `contains “noon”, matches /[0-9]+ m/`. */
export function answerInShort({ answer = [] }: Expectations): string {
  return answer.length === 0 ? 'Any answer' : answer.map(checkInShort).join(', ')
}

function checkInShort(check: AnswerCheck): string {
  switch (check.kind) {
    case 'contains':
      return `contains “${shorten(check.text)}”`
    case 'equals':
      return `equals “${shorten(check.text)}”`
    case 'regex':
      return `matches /${shorten(check.pattern)}/`
    case 'json':
      return `is JSON ${shorten(JSON.stringify(check.value))}`
    case 'judge':
      return `judged: ${shorten(check.rubric)}`
    default:
      return assertNever(check)
  }
}
