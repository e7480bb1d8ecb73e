import { LayoutTemplate, Plus, Upload } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { openUnsaved } from '../actions/openFlow.ts'
import { listExamples, listFlows, sentenceOf } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Examples } from './Examples.tsx'
import { FlowList } from './FlowList.tsx'
import { ModelNote } from './ModelNote.tsx'
import { NewFlowMenu } from './NewFlowMenu.tsx'
import { PromptStart } from './PromptStart.tsx'
import { useImport } from './useImport.tsx'

// What is asked for comes when it is.
const DraftDialog = lazy(() => import('./DraftDialog.tsx').then((module) => ({ default: module.DraftDialog })))
const TemplatesDialog = lazy(() =>
  import('./TemplatesDialog.tsx').then((module) => ({ default: module.TemplatesDialog })),
)

type Over = { is: 'nothing' } | { is: 'templates' } | { is: 'draft'; prompt: string }

/** The first screen: the saved flows; before there are any, the ways to begin. */
export function HomePage() {
  const flows = useAnswer('flows', listFlows)
  const examples = useAnswer('examples', listExamples)
  const imports = useImport()
  const [over, setOver] = useState<Over>({ is: 'nothing' })
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
  const close = () => setOver({ is: 'nothing' })
  const importButton = (
    <Button icon={<Upload size={14} aria-hidden />} disabled={imports.isBusy} onClick={imports.choose}>
      Import
    </Button>
  )
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[1180px] flex-col gap-7 px-6 pt-10 pb-16">
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
          <div className="flex flex-wrap gap-2">
            {importButton}
            {isFirst && examples.loaded.is === 'fault' && (
              <Button icon={<Plus size={14} aria-hidden />} onClick={() => openUnsaved()}>
                Start blank
              </Button>
            )}
            {!isFirst && (
              <>
                <Button icon={<LayoutTemplate size={14} aria-hidden />} onClick={() => setOver({ is: 'templates' })}>
                  Templates
                </Button>
                <NewFlowMenu
                  onPrompt={() => setOver({ is: 'draft', prompt: '' })}
                  onTemplates={() => setOver({ is: 'templates' })}
                  onImport={imports.choose}
                />
              </>
            )}
          </div>
          {imports.field}
        </header>
        {isFirst ? (
          <>
            <PromptStart onDraft={(prompt) => setOver({ is: 'draft', prompt })} />
            <Examples loaded={examples.loaded} title="Or open an example and press Run" />
          </>
        ) : (
          <FlowList flows={saved} onChanged={flows.reload} />
        )}
        <ModelNote />
      </div>
      <Suspense>
        {over.is === 'templates' && <TemplatesDialog onClose={close} />}
        {over.is === 'draft' && <DraftDialog prompt={over.prompt} onClose={close} />}
      </Suspense>
    </main>
  )
}
