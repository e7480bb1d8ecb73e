import { Unplug } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import { ACTIONS } from './actions/index.ts'
import { listenToKeys } from './actions/keyboard.ts'
import { openSaved, reopenUnsaved } from './actions/openFlow.ts'
import { keepSaved } from './actions/saving.ts'
import type { ApiFault } from './api/client.ts'
import { ConflictBanner } from './ConflictBanner.tsx'
import { Canvas } from './canvas/Canvas.tsx'
import { Inspector } from './inspector/Inspector.tsx'
import { CommandList } from './palette/CommandList.tsx'
import { ImportDialog } from './palette/ImportDialog.tsx'
import { Palette } from './palette/Palette.tsx'
import { Playground } from './playground/Playground.tsx'
import { goTo, NEW_FLOW, paths } from './routes.ts'
import { useFlowStore } from './state/flowStore.ts'
import { Timeline } from './timeline/Timeline.tsx'
import { Button } from './ui/Button.tsx'
import { EmptyState } from './ui/EmptyState.tsx'
import { useValidation } from './useValidation.ts'
import { VersionsDialog } from './versions/VersionsDialog.tsx'

/** The editor: palette, canvas, inspector over playground and timeline. */
export function EditorPage({ flowId }: { flowId: string }) {
  const [fault, setFault] = useState<ApiFault | null>(null)
  const [isReady, setReady] = useState(false)
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` asks again.
  useEffect(() => {
    let isOver = false
    if (flowId === NEW_FLOW) {
      reopenUnsaved()
      setFault(null)
      setReady(true)
      return
    }
    void openSaved(flowId).then((found) => {
      if (isOver) return
      setFault(found)
      setReady(found === null)
    })
    return () => {
      isOver = true
    }
  }, [flowId, tries])
  useEffect(() => keepSaved(), [])
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
      <ConflictBanner />
      {isReady && <Workplace />}
      <CommandList />
      <ImportDialog />
      <VersionsDialog />
    </main>
  )
}

function Workplace() {
  const opened = useFlowStore((store) => store.opened)
  const rows = useDefaultLayout({ id: 'volley.rows', storage: localStorage })
  const top = useDefaultLayout({ id: 'volley.top', storage: localStorage })
  const bottom = useDefaultLayout({ id: 'volley.bottom', storage: localStorage })
  return (
    <Group orientation="vertical" className="min-h-0 flex-1" {...rows}>
      <Panel id="drawing" minSize={220}>
        <Group orientation="horizontal" className="h-full" {...top}>
          <Panel
            id="palette"
            defaultSize={236}
            minSize={170}
            maxSize={360}
            collapsible
            groupResizeBehavior="preserve-pixel-size"
          >
            <Palette />
          </Panel>
          <Separator className={UPRIGHT} aria-label="Width of the palette" />
          <Panel id="canvas" minSize={260}>
            <Canvas key={opened} />
          </Panel>
          <Separator className={UPRIGHT} aria-label="Width of the inspector" />
          <Panel
            id="inspector"
            defaultSize={336}
            minSize={260}
            maxSize={620}
            collapsible
            groupResizeBehavior="preserve-pixel-size"
          >
            <Inspector />
          </Panel>
        </Group>
      </Panel>
      <Separator className={LEVEL} aria-label="Height of the playground and the timeline" />
      <Panel id="running" defaultSize="36%" minSize={120} collapsible>
        <Group orientation="horizontal" className="h-full" {...bottom}>
          <Panel id="playground" defaultSize={470} minSize={260} groupResizeBehavior="preserve-pixel-size">
            <Playground />
          </Panel>
          <Separator className={UPRIGHT} aria-label="Width of the playground" />
          <Panel id="timeline" minSize={300}>
            <Timeline />
          </Panel>
        </Group>
      </Panel>
    </Group>
  )
}

const LINE =
  'bg-line transition-colors duration-100 data-[separator=hover]:bg-line-strong data-[separator=active]:bg-focus'
const UPRIGHT = `w-px ${LINE}`
const LEVEL = `h-px ${LINE}`
