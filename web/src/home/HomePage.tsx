import { Plus } from 'lucide-react'
import { openUnsaved } from '../actions/openFlow.ts'
import { listExamples, listFlows, sentenceOf } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Examples } from './Examples.tsx'
import { FlowList } from './FlowList.tsx'
import { ImportButton } from './ImportButton.tsx'
import { ModelNote } from './ModelNote.tsx'

/** The first screen: the saved flows, and examples to begin with. */
export function HomePage() {
  const flows = useAnswer('flows', listFlows)
  const examples = useAnswer('examples', listExamples)
  if (flows.loaded.is === 'loading') return <main aria-busy="true" className="flex-1" />
  if (flows.loaded.is === 'fault')
    return (
      <main className="flex min-h-0 flex-1">
        <EmptyState
          title="The flows could not be read"
          action={<Button onClick={() => [flows.reload(), examples.reload()]}>Try again</Button>}
        >
          {sentenceOf(flows.loaded.fault)}
        </EmptyState>
      </main>
    )
  const saved = flows.loaded.value.items
  const isFirst = saved.length === 0
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[1080px] flex-col gap-7 px-6 pt-12 pb-16">
        <header className="flex flex-wrap items-end gap-x-6 gap-y-4">
          <div className="min-w-0 flex-1 basis-96">
            <h1 className="m-0 text-2xl font-semibold tracking-tight text-balance">
              {isFirst ? 'Agents whose tool calls run in parallel' : 'Flows'}
            </h1>
            <p className="mt-1.5 mb-0 max-w-[62ch] text-sm text-text-2">
              {isFirst
                ? 'Draw the tools and what depends on what. Calls that need nothing from each other start together; the others wait for exactly what they need.'
                : 'Each opens in the editor. Every change is saved as a version of its own.'}
            </p>
          </div>
          <div className="flex gap-2">
            <ImportButton />
            {(!isFirst || examples.loaded.is === 'fault') && (
              <Button icon={<Plus size={14} aria-hidden />} onClick={() => openUnsaved()}>
                {isFirst ? 'Start blank' : 'New flow'}
              </Button>
            )}
          </div>
        </header>
        {!isFirst && <FlowList flows={saved} onChanged={flows.reload} />}
        <Examples loaded={examples.loaded} isFirst={isFirst} />
        <ModelNote />
      </div>
    </main>
  )
}
