import { isBfclAnswers, isBfclFile } from './bfcl/readEntries.ts'
import { freeId } from './freeId.ts'
import { readCaseText } from './readCaseText.ts'
import type { TestCase } from './testCase.ts'

/** A file or a pasted text, by its name. */
export interface CaseFile {
  name: string
  text: string
}

/** What could be read of several files, and what not, each fault with its file and line. */
export interface ReadFiles {
  cases: TestCase[]
  faults: { file: string; line: number; message: string }[]
}

/** Reads files of any of the forms; those with the leaderboard's answers go with all of its entries. */
export function readCaseFiles(files: readonly CaseFile[]): ReadFiles {
  const answers = files.filter(({ text }) => isBfclAnswers(text))
  const given = answers.length === 0 ? null : answers.map(({ text }) => text).join('\n')
  const read: ReadFiles = { cases: [], faults: [] }
  const entries = files.filter((file) => !answers.includes(file))
  for (const { name, text } of entries) {
    const { cases, faults } = readCaseText(name, text, isBfclFile(text) ? given : null)
    read.cases.push(...cases)
    read.faults.push(...faults.map((fault) => ({ file: name, ...fault })))
  }
  if (entries.length === 0)
    read.faults.push(
      ...answers.map(({ name }) => ({
        file: name,
        line: 1,
        message: 'these are the answers of the leaderboard: choose the file of their entries together with them',
      })),
    )
  return read
}

/** What happens to a case whose id is taken. */
export type WhenTaken = 'skip' | 'rename'

export interface ImportPlan {
  /** The cases to be added, each with an id of its own. */
  add: TestCase[]
  /** Ids that were taken, by the set or by a case before. */
  taken: string[]
}

/** What of the cases that were read is added to a set that has these ids. */
export function planImport(cases: readonly TestCase[], ids: Iterable<string>, whenTaken: WhenTaken): ImportPlan {
  const has = new Set(ids)
  // An id that comes later as it is must not be given away before.
  const claimed = new Set([...has, ...cases.map(({ id }) => id)])
  const plan: ImportPlan = { add: [], taken: [] }
  for (const one of cases) {
    if (!has.has(one.id)) {
      has.add(one.id)
      plan.add.push(one)
      continue
    }
    plan.taken.push(one.id)
    if (whenTaken === 'skip') continue
    const id = freeId(one.id, claimed)
    claimed.add(id)
    has.add(id)
    plan.add.push({ ...one, id })
  }
  return plan
}

/** The cases in their order, in pieces whose JSON stays below so many bytes. One that is larger by itself goes alone. */
export function piecesOf(cases: readonly TestCase[], mostBytes: number): TestCase[][] {
  const pieces: TestCase[][] = []
  let left = 0
  for (const one of cases) {
    // What separates it from the next counts too.
    const bytes = bytesOf(JSON.stringify(one)) + 1
    if (bytes > left) {
      pieces.push([])
      left = mostBytes
    }
    pieces.at(-1)?.push(one)
    left -= bytes
  }
  return pieces
}

/** How many bytes a text takes as UTF-8, at most: what is beyond the letters of English counts three. */
function bytesOf(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at++) bytes += text.charCodeAt(at) < 0x80 ? 1 : 3
  return bytes
}
