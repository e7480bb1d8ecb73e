import { readCaseText } from '@volley/shared/evals/readCaseText.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { patternFaults } from '../evals/matchPattern.ts'
import { readBytes } from './readDocument.ts'
import type { Terminal } from './terminal.ts'

/**
 * Reads cases from JSON lines, from a table (`.csv`) or from a file of the leaderboard, whose answers lie in a file of their own. Null
 * after naming each case that cannot be read by its line: nothing is run, and nothing paid, for half a set.
 */
export async function readCaseFile(
  terminal: Terminal,
  file: string,
  { answers }: { answers: string | undefined },
): Promise<TestCase[] | null> {
  const text = new TextDecoder().decode(await readBytes(terminal, file))
  const given = answers === undefined ? null : new TextDecoder().decode(await readBytes(terminal, answers))
  const { cases, faults } = readCaseText(file, text, given)
  for (const { line, message } of faults) terminal.err(`volley: ${file}, line ${line}: ${message}\n`)
  const unmatched = cases.flatMap((one) => patternFaults(one).map((fault) => `the case "${one.id}": ${fault}`))
  for (const fault of unmatched) terminal.err(`volley: ${file}: ${fault}\n`)
  if (faults.length > 0 || unmatched.length > 0) return null
  if (cases.length > 0) return cases
  terminal.err(`volley: ${file} holds no cases\n`)
  return null
}
