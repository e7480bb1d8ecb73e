import type { CaseFile } from '@volley/shared/evals/importPlan.ts'

/** The name of a set that is made of files: that of the first, without its ending. */
export function setNameOf(files: readonly CaseFile[]): string {
  return (files[0]?.name ?? '').replace(/\.[a-z0-9]{1,5}$/i, '').trim() || 'Imported cases'
}
