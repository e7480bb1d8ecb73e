import type { AnswerPorts } from '@volley/shared/evals/checkAnswer.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { compileRegExp } from '../tools/linearRegExp.ts'

/** Finds patterns of cases in answers, in linear time. */
export const isMatch: AnswerPorts['isMatch'] = (pattern, text) => {
  const compiled = compileRegExp(pattern)
  return compiled.ok ? compiled.value.test(text) : null
}

/** Why patterns of a case cannot be run, each in a sentence. */
export function patternFaults({ expected: { answer = [] } }: TestCase): string[] {
  return answer.flatMap((check) => {
    const compiled = check.kind === 'regex' ? compileRegExp(check.pattern) : null
    return !compiled || compiled.ok
      ? []
      : [`the pattern "${check.kind === 'regex' && check.pattern}" cannot be run: ${compiled.error}`]
  })
}
