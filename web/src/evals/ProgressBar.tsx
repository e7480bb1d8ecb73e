import type { EvalProgress } from '@volley/shared/evals/api.ts'

/** How far an eval is: what succeeded, and what failed beside it. */
export function ProgressBar({ label, progress: { total, done, failed } }: { label: string; progress: EvalProgress }) {
  const part = (runs: number) => `scaleX(${total === 0 ? 0 : runs / total})`
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      className="relative block h-1.5 w-full overflow-hidden rounded-full bg-surface-3"
    >
      <span
        className="absolute inset-0 origin-left bg-failed transition-transform duration-300"
        style={{ transform: part(done) }}
      />
      <span
        className="absolute inset-0 origin-left bg-running transition-transform duration-300"
        style={{ transform: part(done - failed) }}
      />
    </span>
  )
}
