import { answerInShort, callsInShort } from '@volley/shared/evals/caseInShort.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'

/** The cases that hold every word: in id, name, input, or what is expected. */
export function findCases(cases: readonly TestCase[], words: string): readonly TestCase[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return cases
  return cases.filter((one) => {
    const text = textOf(one)
    return wanted.every((word) => text.includes(word))
  })
}

const textOf = ({ id, name = '', input, expected }: TestCase) =>
  [id, name, input, callsInShort(expected), answerInShort(expected)].join('\n').toLowerCase()
