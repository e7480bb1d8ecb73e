import type { Problem } from '@volley/shared/flow/problem.ts'
import { TriangleAlert } from 'lucide-react'
import { useFlow } from '../state/flowStore.ts'
import { goToPlace } from '../state/place.ts'
import { fieldPlaceOf, placeOf, useProblems } from '../state/problems.ts'

/** What is wrong with one thing: shown where that thing is edited; a click leads to the field. */
export function ProblemList({ of }: { of: string }) {
  const problems = useProblems((store) => store.problems)
  const flow = useFlow((document) => document)
  const found = problems.filter((problem) => placeOf(problem, flow).key === of)
  if (found.length === 0) return null
  return (
    <ul className="m-0 flex list-none flex-col rounded-lg border border-failed/40 bg-failed/8 p-1">
      {found.map((problem) => (
        <li key={`${problem.pointer} ${problem.message}`}>
          <button
            type="button"
            onClick={() => goToPlace(fieldPlaceOf(problem, flow))}
            className="flex w-full gap-2 rounded-md px-1.5 py-1.5 text-left text-xs hover:bg-failed/10"
          >
            <TriangleAlert size={13} aria-hidden className="mt-0.5 shrink-0 text-failed-text" />
            <Words problem={problem} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function Words({ problem }: { problem: Problem }) {
  const { below } = placeOf(
    problem,
    useFlow((document) => document),
  )
  return (
    <span className="min-w-0 break-words">
      {below.length > 0 && <code className="font-mono text-2xs text-text-2">{below.join(' › ')} </code>}
      {problem.message}
    </span>
  )
}

/** Everything that is wrong with the flow; a click leads to it. */
export function AllProblems() {
  const problems = useProblems((store) => store.problems)
  const flow = useFlow((document) => document)
  if (problems.length === 0) return <p className="m-0 text-xs text-text-2">No problems: this flow can be run.</p>
  return (
    <ul className="m-0 flex list-none flex-col gap-1 p-0">
      {problems.map((problem) => (
        <li key={`${problem.pointer} ${problem.message}`}>
          <button
            type="button"
            onClick={() => goToPlace(fieldPlaceOf(problem, flow))}
            className="flex w-full gap-2 rounded-md border border-line bg-surface-2 px-2.5 py-2 text-left text-xs hover:border-line-strong"
          >
            <TriangleAlert size={13} aria-hidden className="mt-0.5 shrink-0 text-failed-text" />
            <span className="min-w-0">
              <span className="block truncate font-mono font-semibold">{placeOf(problem, flow).title}</span>
              <span className="text-text-2">{problem.message}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
