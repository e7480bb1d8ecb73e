import { PanelLeft, SlidersHorizontal } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import { FlowPlace } from './FlowPlace.tsx'
import { Inspector } from './inspector/Inspector.tsx'
import { Palette } from './palette/Palette.tsx'
import { Playground } from './playground/Playground.tsx'
import { usePlace } from './state/place.ts'
import { useSheets } from './state/properties.ts'
import { useTraceStore } from './state/traceStore.ts'
import { Timeline } from './timeline/Timeline.tsx'
import { Button } from './ui/Button.tsx'
import { Sheet } from './ui/Sheet.tsx'
import { Tab, TabList, TabPanel, Tabs } from './ui/Tabs.tsx'
import { useMedia } from './ui/useMedia.ts'

/** The places of the editor, side by side where there is room, as sheets over the canvas where there is not. */
export function Workplace() {
  const isNarrow = useMedia('(max-width: 900px)')
  return isNarrow ? <NarrowWorkplace /> : <WideWorkplace />
}

function WideWorkplace() {
  const rows = useDefaultLayout({ id: 'volley.rows', storage: localStorage })
  const top = useDefaultLayout({ id: 'volley.top', storage: localStorage })
  const bottom = useDefaultLayout({ id: 'volley.bottom', storage: localStorage })
  // What is folded away is not drawn either: a large run then costs what its canvas costs.
  const [isFolded, setFolded] = useState(false)
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
            <FlowPlace />
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
      <Panel
        id="running"
        defaultSize="36%"
        minSize={120}
        collapsible
        onResize={({ inPixels }) => setFolded(inPixels === 0)}
      >
        {!isFolded && (
          <Group orientation="horizontal" className="h-full" {...bottom}>
            <Panel id="playground" defaultSize={470} minSize={260} groupResizeBehavior="preserve-pixel-size">
              <Playground />
            </Panel>
            <Separator className={UPRIGHT} aria-label="Width of the playground" />
            <Panel id="timeline" minSize={300}>
              <Timeline />
            </Panel>
          </Group>
        )}
      </Panel>
    </Group>
  )
}

const LINE =
  'bg-line transition-colors duration-100 data-[separator=hover]:bg-line-strong data-[separator=active]:bg-focus'
const UPRIGHT = `w-px ${LINE}`
const LEVEL = `h-px ${LINE}`

function NarrowWorkplace() {
  const { sheet, show } = useSheets()
  const onOpenChange = (isOpen: boolean) => !isOpen && show(null)
  const [tab, setTab] = useState('playground')
  // A call that is opened, from wherever, is to be seen.
  useEffect(() => useTraceStore.subscribe(({ chosen }) => chosen && setTab('timeline')), [])
  // A place that someone is led to lies in the properties.
  const isAsked = usePlace((store) => store.asked !== null)
  useEffect(() => {
    if (isAsked) show('properties')
  }, [isAsked, show])
  return (
    <Group orientation="vertical" className="min-h-0 flex-1">
      <Panel id="drawing" minSize={180} defaultSize="55%">
        <div className="relative h-full">
          <FlowPlace />
          <div className="absolute top-2 left-2 flex gap-1.5">
            <Button size="sm" icon={<PanelLeft size={13} aria-hidden />} onClick={() => show('tools')}>
              Tools
            </Button>
            <Button size="sm" icon={<SlidersHorizontal size={13} aria-hidden />} onClick={() => show('properties')}>
              Properties
            </Button>
          </div>
        </div>
        <Sheet side="left" title="Tools" open={sheet === 'tools'} onOpenChange={onOpenChange}>
          <Palette />
        </Sheet>
        <Sheet side="right" title="Properties" open={sheet === 'properties'} onOpenChange={onOpenChange}>
          <Inspector />
        </Sheet>
      </Panel>
      <Separator className={LEVEL} aria-label="Height of the playground and the timeline" />
      <Panel id="running" minSize={120}>
        <Tabs value={tab} onValueChange={setTab} className="h-full bg-surface-1">
          <TabList label="Below the canvas" className="border-b border-line px-2 py-1">
            <Tab value="playground">Playground</Tab>
            <Tab value="timeline">Timeline</Tab>
          </TabList>
          <TabPanel value="playground">
            <Playground />
          </TabPanel>
          <TabPanel value="timeline">
            <Timeline />
          </TabPanel>
        </Tabs>
      </Panel>
    </Group>
  )
}
