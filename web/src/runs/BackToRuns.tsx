import { ArrowLeft } from 'lucide-react'
import { Link } from 'wouter'
import { paths } from '../routes.ts'

/** The way back from one run, or some of them, to all. */
export function BackToRuns() {
  return (
    <Link
      href={paths.runs}
      aria-label="All runs"
      className="inline-flex size-7 items-center justify-center rounded-md text-text-2 hover:bg-surface-3 hover:text-text-1"
    >
      <ArrowLeft size={15} aria-hidden />
    </Link>
  )
}
