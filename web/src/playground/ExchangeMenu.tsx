import type { RunState } from '@volley/shared/run/state.ts'
import { Braces, CornerUpLeft, Database, DatabaseZap, Ellipsis, GitFork, Pencil, Repeat, Star } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { getRun, sentenceOf } from '../api/client.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { usePlaygroundStore } from '../state/playgroundStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { useAddToDataSet } from '../trace/testCase/useAddToDataSet.tsx'
import { copyText } from '../ui/copyText.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu.tsx'
import { toast } from '../ui/toast.tsx'
import { keepExample } from './examples.ts'
import { PROMPT_ID, replayHere, runCurrentFlow, showRun } from './runs.ts'

const ForkDialog = lazy(() => import('./ForkDialog.tsx').then((module) => ({ default: module.ForkDialog })))

/** What can be done with a message that was answered: say it again in several ways, go on from its middle, take it elsewhere. */
export function ExchangeMenu({ run }: { run: RunState }) {
  const [forking, setForking] = useState(false)
  const adding = useAddToDataSet()
  const byHand = run.input === ''
  const edit = () => {
    useSessionStore.getState().setPrompt(run.input)
    usePlaygroundStore.getState().sayAgain(run.messages)
    document.getElementById(PROMPT_ID)?.focus()
  }
  return (
    <>
      <Menu trigger={<IconButton size="sm" label="More for this message" icon={<Ellipsis size={14} />} />}>
        {!byHand && (
          <>
            <MenuItem
              icon={<Repeat size={14} />}
              onSelect={() => {
                edit()
                void runCurrentFlow()
              }}
            >
              Run again
            </MenuItem>
            <MenuItem icon={<Pencil size={14} />} onSelect={edit}>
              Edit and run again
            </MenuItem>
          </>
        )}
        <MenuItem
          icon={<Database size={14} />}
          onSelect={() => void replayHere(run, { model: 'live', tools: 'recorded' })}
        >
          Again with the recorded results
        </MenuItem>
        <MenuItem
          icon={<CornerUpLeft size={14} />}
          onSelect={() => void replayHere(run, { model: 'recorded', tools: 'live' })}
        >
          Again with the recorded model
        </MenuItem>
        {run.calls.length > 0 && !byHand && (
          <MenuItem icon={<GitFork size={14} />} onSelect={() => setForking(true)}>
            Fork after a turn…
          </MenuItem>
        )}
        <MenuSeparator />
        {!byHand && (
          <MenuItem icon={<Star size={14} />} onSelect={() => keep(run.input)}>
            Save as example
          </MenuItem>
        )}
        {!byHand && (
          <MenuItem icon={<DatabaseZap size={14} />} onSelect={() => adding.add({ run })}>
            Add to a data set…
          </MenuItem>
        )}
        <MenuItem icon={<Braces size={14} />} onSelect={() => void share(run.id)}>
          Copy as JSON
        </MenuItem>
      </Menu>
      {adding.dialog}
      <Suspense>
        {forking && <ForkDialog run={run} onClose={() => setForking(false)} onForked={(id) => void showRun(id)} />}
      </Suspense>
    </>
  )
}

function keep(message: string): void {
  keepExample(useFlowStore.getState().flowId, message)
  toast.say('The message was kept as an example.', `It is in the playground's menu, for ${currentFlow().name}.`)
}

/** The run's record, as the server tells it: without secrets, whole. */
async function share(runId: string): Promise<void> {
  const record = await getRun(runId)
  if (record.ok) await copyText(JSON.stringify(record.value, null, 2), 'The run')
  else toast.problem('The run could not be read.', sentenceOf(record.error))
}
