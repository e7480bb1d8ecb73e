import type { CaseEdit } from './caseEdit.ts'

// Edits that are not saved, by the case they are of, as long as this page stays loaded: who goes back by the browser finds them again.

const kept = new Map<string, CaseEdit>()

export const keepEdit = (place: string, edit: CaseEdit): void => void kept.set(place, edit)
export const keptEdit = (place: string): CaseEdit | null => kept.get(place) ?? null
export const forgetEdit = (place: string): void => void kept.delete(place)
