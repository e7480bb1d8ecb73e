import { readCase } from '@volley/shared/evals/readCases.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { MOST_LEVELS } from '@volley/shared/flow/parse.ts'
import { isDeeperThan, isEqualJson } from '@volley/shared/lib/json.ts'
import { jsonFault } from '@volley/shared/lib/jsonFault.ts'
import { err, type Result } from '@volley/shared/lib/result.ts'
import { type CaseDraft, draftOf } from './caseDraft.ts'
import { type DraftFault, idFaults, readDraft, writeDraft } from './readDraft.ts'

/** A case that is being edited, in its form and as JSON: two views of one thing. */
export interface CaseEdit {
  draft: CaseDraft
  /** What was typed as JSON since the form was last changed. Where it is no case, the form shows the last one that was. */
  text: string | null
}

export const editOf = (one: TestCase): CaseEdit => ({ draft: draftOf(one), text: null })

/** The form was changed: the JSON is written anew. */
export const withDraft = (draft: CaseDraft): CaseEdit => ({ draft, text: null })

/** The JSON was changed: the form follows as soon as it is a case. */
export function withText({ draft }: CaseEdit, text: string): CaseEdit {
  const read = readText(text)
  return { draft: read.ok ? draftOf(read.value) : draft, text }
}

/** What stands in the JSON view, or the texts of the form that keep it from being written. */
export function textOf({ draft, text }: CaseEdit): Result<string, DraftFault[]> {
  if (text !== null) return { ok: true, value: text }
  const written = writeDraft(draft)
  return written.ok ? { ok: true, value: JSON.stringify(written.value, null, 2) } : written
}

/** Why the typed JSON is no case, so that the form cannot show it; null when it can. */
export function textFault({ text }: CaseEdit): string | null {
  const read = text === null ? null : readText(text)
  return read && !read.ok ? read.error : null
}

/** The case that is to be saved, or all that keeps it from being one. `taken` are the ids of the other cases of its set. */
export function readEdit(edit: CaseEdit, taken: ReadonlySet<string>): Result<TestCase, DraftFault[]> {
  if (edit.text === null) return readDraft(edit.draft, taken)
  const read = readText(edit.text)
  if (!read.ok) return err([{ at: 'json', message: read.error }])
  const faults = idFaults(read.value.id, taken)
  return faults.length > 0 ? err(faults) : read
}

/** Whether something would be lost by closing: what stands there is another case than the saved one, or none. */
export function isChanged(edit: CaseEdit, saved: TestCase): boolean {
  const read = textOf(edit)
  if (!read.ok) return true
  const was = textOf(editOf(saved))
  return read.value !== (was.ok ? was.value : '') && !isSameJson(read.value, saved)
}

function isSameJson(text: string, saved: TestCase): boolean {
  return jsonFault(text) === null && isEqualJson(JSON.parse(text), saved)
}

function readText(text: string): Result<TestCase, string> {
  if (isDeeperThan(text, MOST_LEVELS)) return err(`The JSON is nested deeper than ${MOST_LEVELS} levels.`)
  const fault = jsonFault(text)
  if (fault) return err(`This is no JSON yet. Line ${fault.line}, column ${fault.column}: ${fault.reason}.`)
  const read = readCase(JSON.parse(text))
  return read.ok ? read : err(`This is no case yet: ${read.error}.`)
}
