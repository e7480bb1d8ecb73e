import { Plus, TestTubes } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useSearch } from 'wouter'
import { goTo, paths } from '../routes.ts'
import { Button } from '../ui/Button.tsx'
import { Tab, TabList, TabPanel, Tabs } from '../ui/Tabs.tsx'
import { EvalsTab } from './EvalsTab.tsx'

const DataSetsTab = lazy(() => import('./dataSets/index.ts').then((module) => ({ default: module.DataSetsTab })))

/** What flows are measured by: the evals that were run, and the data sets they are run on. */
export function EvalsPage() {
  const search = new URLSearchParams(useSearch())
  const tab = search.get('tab') === 'data-sets' ? 'data-sets' : 'evals'
  const flow = search.get('flow') || undefined
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <Tabs
        value={tab}
        onValueChange={(chosen) => goTo(chosen === 'data-sets' ? paths.dataSets : paths.evals, { replace: true })}
        className="mx-auto max-w-[1240px] gap-5 px-6 pt-10 pb-16"
      >
        <header className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <h1 className="m-0 text-2xl font-semibold tracking-tight">Evals</h1>
          <TabList label="Evals and data sets" className="mr-auto">
            <Tab value="evals">Evals</Tab>
            <Tab value="data-sets">Data sets</Tab>
          </TabList>
          {tab === 'evals' && (
            <span className="flex items-center gap-2">
              <Button
                icon={<TestTubes size={14} aria-hidden />}
                title="Try additions to the instructions, each against the instructions as they are"
                onClick={() => goTo(paths.newEval(flow, { lab: true }))}
              >
                Prompt lab
              </Button>
              <Button variant="primary" icon={<Plus size={14} aria-hidden />} onClick={() => goTo(paths.newEval(flow))}>
                New eval
              </Button>
            </span>
          )}
        </header>
        <TabPanel value="evals">
          <EvalsTab />
        </TabPanel>
        <TabPanel value="data-sets">
          <Suspense>
            <DataSetsTab />
          </Suspense>
        </TabPanel>
      </Tabs>
    </main>
  )
}
