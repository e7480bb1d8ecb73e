import { isObject } from '../lib/json.ts'
import { isBfclFile, readBfclCases } from './bfcl/readEntries.ts'
import { collectCases, type ReadCases, readCase, readCases } from './readCases.ts'
import { readCsvCases } from './readCsvCases.ts'

/**
 * Reads cases from a text in any of the forms there are: a table where the file's name ends in `.csv`, a file of the leaderboard where
 * answers are given or it looks like one, else JSON lines, or one case written over several lines.
 */
export function readCaseText(name: string, text: string, answers: string | null): ReadCases {
  if (/\.csv$/i.test(name)) return readCsvCases(text)
  if (answers !== null || isBfclFile(text)) return readBfclCases(text, answers)
  const alone = oneObject(text)
  return alone === null ? readCases(text) : collectCases([{ line: 1, read: readCase(alone) }])
}

/** The object that a text of several lines is as a whole; null where each line is to be read by itself. */
function oneObject(text: string): object | null {
  if (!/^\s*\{\s*\n/.test(text)) return null
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}
