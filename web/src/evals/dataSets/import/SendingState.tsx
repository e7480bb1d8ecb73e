import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { count, counted } from '../../../trace/format.ts'
import { Button } from '../../../ui/Button.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import type { Sending } from './useSending.ts'

/** How far an import is, or why it stopped and how it goes on. */
export function SendingState({
  sending,
  onLeaveOut,
  onGoOn,
}: {
  sending: Sending
  /** Goes without these, by their ids. */
  onLeaveOut: (ids: readonly string[]) => void
  onGoOn: (cases: readonly TestCase[]) => void
}) {
  switch (sending.is) {
    case 'nothing':
      return null
    case 'sending':
      return (
        <div className="flex flex-col gap-1.5">
          <progress
            aria-label="Cases added"
            className="h-1.5 w-full accent-running"
            max={sending.of}
            value={sending.sent}
          />
          <p role="status" className="m-0 text-xs text-text-2">
            {count(sending.sent)} of {counted(sending.of, 'case')} added
          </p>
        </div>
      )
    case 'refused':
      return (
        <Notice tone="failed">
          {sending.why}
          {sending.wrong.length > 0 && (
            <span className="mt-2 flex">
              <Button size="sm" onClick={() => onLeaveOut(sending.wrong)}>
                {sending.wrong.length === 1 ? 'Leave it out' : `Leave out the ${count(sending.wrong.length)}`}
              </Button>
            </span>
          )}
        </Notice>
      )
    case 'partly': {
      const { left, wrong, why } = sending.refusal
      const good = left.filter(({ id }) => !wrong.includes(id))
      return (
        <Notice tone="failed">
          {counted(sending.sent, 'case')} are in; {count(left.length)} are left. {why}
          <span className="mt-2 flex gap-2">
            <Button size="sm" onClick={() => onGoOn(left)}>
              Try again
            </Button>
            {wrong.length > 0 && good.length > 0 && (
              <Button size="sm" onClick={() => onGoOn(good)}>
                Go on without {wrong.length === 1 ? 'it' : `the ${count(wrong.length)}`}
              </Button>
            )}
          </span>
        </Notice>
      )
    }
  }
}
