import { Unplug } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useSearch } from 'wouter'
import { ACTIONS } from './actions/index.ts'
import { listenToKeys } from './actions/keyboard.ts'
import { openAsRan, openSaved, reopenUnsaved } from './actions/openFlow.ts'
import { EditAnnouncer } from './announce/EditAnnouncer.tsx'
import { RunAnnouncer } from './announce/RunAnnouncer.tsx'
import type { ApiFault } from './api/client.ts'
import { showRun } from './playground/runs.ts'
import { goTo, NEW_FLOW, paths } from './routes.ts'
import { useDialogs } from './state/dialogs.ts'
import { useFlowStore } from './state/flowStore.ts'
import { useTour } from './state/tour.ts'
import { Button } from './ui/Button.tsx'
import { EmptyState } from './ui/EmptyState.tsx'
import { whenUsed } from './ui/whenUsed.ts'
import { useValidation } from './useValidation.ts'
import { Workplace } from './Workplace.tsx'

// What is seldom opened comes when it is.
const FlowBanners = lazy(() => import('./FlowBanners.tsx').then((module) => ({ default: module.FlowBanners })))
const loadCommands = () => import('./palette/CommandList.tsx')
// Whoever presses its keys types on at once.
whenUsed(loadCommands)
const CommandList = lazy(() => loadCommands().then((module) => ({ default: module.CommandList })))
const ShortcutSheet = lazy(() =>
  import('./palette/ShortcutSheet.tsx').then((module) => ({ default: module.ShortcutSheet })),
)
const ImportDialog = lazy(() =>
  import('./palette/ImportDialog.tsx').then((module) => ({ default: module.ImportDialog })),
)
const VersionsDialog = lazy(() =>
  import('./versions/VersionsDialog.tsx').then((module) => ({ default: module.VersionsDialog })),
)
const MergeDialog = lazy(() => import('./versions/MergeDialog.tsx').then((module) => ({ default: module.MergeDialog })))
const OpenApiDialog = lazy(() =>
  import('./palette/OpenApiDialog.tsx').then((module) => ({ default: module.OpenApiDialog })),
)
const Tour = lazy(() => import('./tour/Tour.tsx').then((module) => ({ default: module.Tour })))
const ConnectDialog = lazy(() =>
  import('./canvas/ConnectDialog.tsx').then((module) => ({ default: module.ConnectDialog })),
)
const PreviewDialog = lazy(() =>
  import('./preview/PreviewDialog.tsx').then((module) => ({ default: module.PreviewDialog })),
)
const ByHandDialog = lazy(() =>
  import('./playground/ByHandDialog.tsx').then((module) => ({ default: module.ByHandDialog })),
)
const SideBySideDialog = lazy(() =>
  import('./compare/SideBySideDialog.tsx').then((module) => ({ default: module.SideBySideDialog })),
)
const McpDialog = lazy(() => import('./palette/McpDialog.tsx').then((module) => ({ default: module.McpDialog })))

/** The editor: palette, canvas, inspector over playground and timeline. */
export function EditorPage({ flowId }: { flowId: string }) {
  const [fault, setFault] = useState<ApiFault | null>(null)
  const [isReady, setReady] = useState(false)
  const [tries, setTries] = useState(0)
  const runId = new URLSearchParams(useSearch()).get('run')
  const dialog = useDialogs((store) => store.open)
  const isUnusual = useFlowStore(({ save, asRan }) => asRan !== null || save.is === 'conflict' || save.is === 'refused')
  const isTouring = useTour((tour) => tour.step !== null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` asks again.
  useEffect(() => {
    let isOver = false
    if (flowId === NEW_FLOW) {
      reopenUnsaved()
      setFault(null)
      setReady(true)
      return
    }
    const opening = runId === null ? openSaved(flowId) : openAsRan(flowId, runId)
    void opening.then((found) => {
      if (isOver) return
      setFault(found)
      setReady(found === null)
      if (found === null && runId !== null) void showRun(runId)
    })
    return () => {
      isOver = true
    }
  }, [flowId, runId, tries])
  useEffect(() => listenToKeys(ACTIONS), [])
  useValidation()

  if (fault)
    return (
      <main className="flex min-h-0 flex-1">
        <EmptyState
          icon={<Unplug size={20} />}
          title={fault.status === 404 ? 'There is no such flow' : 'The flow could not be opened'}
          action={
            <>
              <Button onClick={() => goTo(paths.home)}>All flows</Button>
              {fault.status !== 404 && <Button onClick={() => setTries(tries + 1)}>Try again</Button>}
            </>
          }
        >
          {fault.status === 404 ? 'It may have been deleted, or its address is mistyped.' : fault.message}
        </EmptyState>
      </main>
    )
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">Flow editor</h1>
      {isUnusual && (
        <Suspense>
          <FlowBanners />
        </Suspense>
      )}
      {isReady && <Workplace />}
      <Suspense>
        {dialog === 'commands' && <CommandList />}
        {dialog === 'shortcuts' && <ShortcutSheet />}
        {dialog === 'import' && <ImportDialog />}
        {dialog === 'versions' && <VersionsDialog />}
        {dialog === 'merge' && <MergeDialog />}
        {dialog === 'openapi' && <OpenApiDialog />}
        {dialog === 'mcp' && <McpDialog />}
        {isReady && isTouring && <Tour />}
        {dialog === 'connect' && <ConnectDialog />}
        {dialog === 'preview' && <PreviewDialog />}
        {dialog === 'byHand' && <ByHandDialog />}
        {dialog === 'sideBySide' && <SideBySideDialog />}
      </Suspense>
      <RunAnnouncer />
      <EditAnnouncer />
    </main>
  )
}
