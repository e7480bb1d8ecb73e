import { counted } from '../lib/words.ts'
import type { CaseScore } from './caseScore.ts'

/** What a run lacks, in a few words; `passed` where it lacks nothing. */
export function whyNot({ score, error }: { score: CaseScore; error: string | null }): string {
  if (score.status !== 'succeeded')
    return `the run ${score.status.replaceAll('_', ' ')}${error === null ? '' : `: ${error}`}`
  const { calls, order, sharing, answer, bfcl } = score
  const reasons = [
    bfcl && !bfcl.valid ? `verdict ${bfcl.error_type}` : '',
    calls && calls.skipped.length > 0 ? `${counted(calls.skipped.length, 'call')} missing` : '',
    calls && calls.extra.length > 0 ? `${counted(calls.extra.length, 'call')} too many` : '',
    order !== null && order < 1 ? 'calls out of order' : '',
    sharing && sharing.apart.length > 0 ? `${counted(sharing.apart.length, 'call')} not in the turn of the others` : '',
    answer.includes(false) ? 'the answer is another' : '',
  ].filter(Boolean)
  return reasons.join(', ') || 'passed'
}
