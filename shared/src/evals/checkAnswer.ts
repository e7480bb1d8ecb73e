import { isEqualJson } from '../lib/json.ts'
import { assertNever } from '../lib/result.ts'
import type { AnswerCheck } from './testCase.ts'

export interface AnswerPorts {
  /** Whether the pattern is found in the text; null for a pattern that cannot be run in linear time. */
  isMatch(pattern: string, text: string): boolean | null
}

/** Whether each check holds; null where that is not known: a judge was not asked, or a pattern cannot be run. */
export function checkAnswer(
  output: string | null,
  checks: readonly AnswerCheck[],
  { isMatch }: AnswerPorts,
  verdicts: ReadonlyMap<AnswerCheck, boolean> = new Map(),
): (boolean | null)[] {
  return checks.map((check) =>
    check.kind === 'judge' ? (verdicts.get(check) ?? null) : holds(output ?? '', check, isMatch),
  )
}

function holds(
  answer: string,
  check: Exclude<AnswerCheck, { kind: 'judge' }>,
  isMatch: AnswerPorts['isMatch'],
): boolean | null {
  switch (check.kind) {
    case 'contains':
      return folded(answer, check).includes(folded(check.text, check))
    case 'equals':
      return folded(answer, check).trim() === folded(check.text, check).trim()
    case 'regex':
      return isMatch(check.pattern, answer)
    case 'json':
      return isJson(answer, check.value)
    default:
      return assertNever(check)
  }
}

const folded = (text: string, { ignoreCase = false }: { ignoreCase?: boolean }) =>
  ignoreCase ? text.toLowerCase() : text

/** Models like to put JSON into a fence: it is looked through. */
function isJson(answer: string, value: unknown): boolean {
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(answer)
  try {
    return isEqualJson(JSON.parse(fenced?.[1] ?? answer), value)
  } catch {
    return false
  }
}
