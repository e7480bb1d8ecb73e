import { TriangleAlert } from 'lucide-react'
import { useFlow } from './state/flowStore.ts'
import { goToPlace } from './state/place.ts'
import { fieldPlaceOf, placeOf, useProblems } from './state/problems.ts'
import { Menu, MenuItem, MenuLabel } from './ui/Menu.tsx'

/** How many problems the flow has; opens the list of them, and each leads to the field where it can be mended. */
export function ProblemsButton() {
  const problems = useProblems((store) => store.problems)
  const flow = useFlow((document) => document)
  if (problems.length === 0) return null
  const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="inline-flex h-[22px] shrink-0 items-center gap-1.5 rounded-md border border-failed/50 px-1.5 text-2xs text-failed-text hover:bg-surface-3"
        >
          <TriangleAlert size={11} aria-hidden />
          {count}
        </button>
      }
    >
      <MenuLabel>This flow cannot be run until these are mended</MenuLabel>
      <div className="max-h-[60vh] w-96 max-w-[calc(100vw-32px)] overflow-y-auto">
        {problems.map((problem) => (
          <MenuItem
            key={`${problem.pointer} ${problem.message}`}
            onSelect={() => goToPlace(fieldPlaceOf(problem, flow))}
          >
            <span className="block font-mono text-xs font-semibold break-words">{placeOf(problem, flow).title}</span>
            <span className="block text-xs break-words text-text-2">{problem.message}</span>
          </MenuItem>
        ))}
      </div>
    </Menu>
  )
}
