import { ArrowLeft } from 'lucide-react'
import { Link } from 'wouter'
import { paths } from '../routes.ts'

/** The way back to all evals. */
export function BackToEvals() {
  return (
    <Link
      href={paths.evals}
      aria-label="All evals"
      className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-text-2 hover:bg-surface-3 hover:text-text-1"
    >
      <ArrowLeft size={15} aria-hidden />
    </Link>
  )
}
