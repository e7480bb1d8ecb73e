import { TriangleAlert } from 'lucide-react'
import { useFlow } from '../state/flowStore.ts'
import { placeOf, problemsOf, useProblems } from '../state/problems.ts'
import { useSessionStore } from '../state/sessionStore.ts'

/** What is wrong with one thing: shown where that thing is edited. */
export function ProblemList({ of }: { of: string }) {
  const problems = useProblems((store) => store.problems)
  const flow = useFlow((document) => document)
  const found = problemsOf(problems, flow, of)
  if (found.length === 0) return null
  return (
    <ul className="m-0 flex list-none flex-col gap-1.5 rounded-lg border border-failed/40 bg-failed/8 p-2.5">
      {found.map(({ below, message }) => (
        <li key={`${below.join('/')} ${message}`} className="flex gap-2 text-xs">
          <TriangleAlert size={13} aria-hidden className="mt-0.5 shrink-0 text-failed-text" />
          <span>
            {below.length > 0 && <code className="font-mono text-2xs text-text-3">{below.join(' › ')} </code>}
            {message}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Everything that is wrong with the flow; a click leads to it. */
export function AllProblems() {
  const problems = useProblems((store) => store.problems)
  const flow = useFlow((document) => document)
  const select = useSessionStore((store) => store.select)
  if (problems.length === 0) return <p className="m-0 text-xs text-text-2">No problems: this flow can be run.</p>
  return (
    <ul className="m-0 flex list-none flex-col gap-1 p-0">
      {problems.map((problem) => {
        const { key, title } = placeOf(problem, flow)
        return (
          <li key={`${problem.pointer} ${problem.message}`}>
            <button
              type="button"
              disabled={key === null}
              onClick={() => key !== null && select([key])}
              className="flex w-full gap-2 rounded-md border border-line bg-surface-2 px-2.5 py-2 text-left text-xs enabled:hover:border-line-strong"
            >
              <TriangleAlert size={13} aria-hidden className="mt-0.5 shrink-0 text-failed-text" />
              <span className="min-w-0">
                <span className="block truncate font-mono font-semibold">{title}</span>
                <span className="text-text-2">{problem.message}</span>
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
