import type { RunState } from '@volley/shared/run/state.ts'
import { useState } from 'react'
import type { UseRunStore } from '../../state/runStore.ts'
import { Tab, TabList, TabPanel, Tabs } from '../../ui/Tabs.tsx'
import { Events } from './Events.tsx'
import { Requests } from './Requests.tsx'

/** What a run is made of: what went to the model's provider and came back, and every event of its log. */
export function RawView({ run, store: useStore }: { run: RunState; store: UseRunStore }) {
  const [tab, setTab] = useState('requests')
  const log = useStore((store) => store.log)
  return (
    <Tabs value={tab} onValueChange={setTab} className="h-full">
      <TabList label="Raw data" className="shrink-0 border-b border-line px-3 py-1">
        <Tab value="requests">Requests</Tab>
        <Tab value="events">Events</Tab>
      </TabList>
      <TabPanel value="requests" tabIndex={-1}>
        <Requests run={run} />
      </TabPanel>
      <TabPanel value="events" tabIndex={-1}>
        <Events run={run} log={log} />
      </TabPanel>
    </Tabs>
  )
}
