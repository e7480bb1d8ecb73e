import type { ConnectionEntry } from '@volley/shared/api.ts'
import { flowSchema } from '@volley/shared/flow/flow.ts'
import { toolsFromMcp } from '@volley/shared/flow/mcpTools.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import { useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { listConnections, listTools } from '../api/connections.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { ApprovalDialog } from '../connections/ApprovalDialog.tsx'
import { ConnectionDialog } from '../connections/ConnectionDialog.tsx'
import { useDialogs } from '../state/dialogs.ts'
import { EMPTY_FLOW } from '../state/flowStore.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { toast } from '../ui/toast.tsx'
import { addToFlow } from './addToFlow.ts'
import { Faults } from './Faults.tsx'
import { McpChanges } from './McpChanges.tsx'
import { PickList } from './PickList.tsx'
import { ServerList } from './ServerList.tsx'

/** Picks tools of an MCP server: a connection that is there or a new one, then all or some of its tools. */
export function McpDialog() {
  const { open, show } = useDialogs()
  return (
    <Dialog
      wide
      open={open === 'mcp'}
      onOpenChange={(isOpen) => show(isOpen ? 'mcp' : null)}
      title="MCP server"
      description="Each tool you pick comes with its description and schema as they are now. What the server changes later is yours to take over."
    >
      <McpForm onDone={() => show(null)} />
    </Dialog>
  )
}

/** What stands over the dialog: a form for a new connection, or a command to look at. */
type Over = { is: 'nothing' } | { is: 'form' } | { is: 'approval'; entry: ConnectionEntry }

function McpForm({ onDone }: { onDone: () => void }) {
  const { loaded, reload } = useAnswer('mcp connections', listConnections)
  const [chosen, setChosen] = useState<ConnectionEntry | null>(null)
  const [over, setOver] = useState<Over>({ is: 'nothing' })
  const servers = loaded.is === 'there' ? loaded.value.items.filter(({ kind }) => kind === 'mcp') : []
  const choose = (entry: ConnectionEntry) => (entry.approved ? setChosen(entry) : setOver({ is: 'approval', entry }))
  return (
    <>
      {chosen ? (
        <ToolsOf key={chosen.hash} server={chosen} onBack={() => setChosen(null)} onDone={onDone} />
      ) : (
        <>
          {loaded.is === 'fault' && <Faults fault={sentenceOf(loaded.fault)} />}
          {loaded.is === 'there' && (
            <ServerList servers={servers} onChoose={choose} onNew={() => setOver({ is: 'form' })} />
          )}
        </>
      )}
      <ConnectionDialog
        open={over.is === 'form'}
        entry={null}
        kinds={['mcp-http', 'mcp-stdio']}
        onClose={() => setOver({ is: 'nothing' })}
        onStored={(entry) => {
          reload()
          setTimeout(() => choose(entry), 0)
        }}
      />
      <ApprovalDialog
        entry={over.is === 'approval' ? over.entry : null}
        onClose={() => setOver({ is: 'nothing' })}
        onApproved={(entry) => {
          reload()
          setChosen(entry)
        }}
      />
    </>
  )
}

function ToolsOf({ server, onBack, onDone }: { server: ConnectionEntry; onBack: () => void; onDone: () => void }) {
  const { loaded, reload } = useAnswer(`tools of ${server.name}`, (signal) => listTools(server.name, signal))
  const [faults, setFaults] = useState<Parameters<typeof Faults>[0]>({})
  if (loaded.is === 'loading')
    return (
      <p role="status" className="m-0 text-sm text-text-2">
        Asking {server.name} for its tools …
      </p>
    )
  if (loaded.is === 'fault' || loaded.value.tools.length === 0)
    return (
      <div className="flex flex-col gap-3">
        <Faults fault={loaded.is === 'fault' ? sentenceOf(loaded.fault) : `“${server.name}” lists no tools.`} />
        <div className="flex justify-end gap-2">
          <Button onClick={onBack}>Back</Button>
          <Button onClick={reload}>Ask again</Button>
        </div>
      </div>
    )
  const { tools } = loaded.value
  const add = (names: readonly string[]) => {
    const wanted = tools.filter((tool) => names.includes(nameOf(tool) ?? ''))
    const { tools: made, notes } = toolsFromMcp(server.name, wanted)
    const flow = flowSchema.safeParse({ ...EMPTY_FLOW, tools: made })
    if (!flow.success)
      return setFaults({
        problems: flow.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, message })),
      })
    addToFlow(flow.data)
    if (notes.length > 0) toast.say('Some tools came in changed.', notes.join(' '))
    onDone()
  }
  return (
    <div className="flex flex-col gap-3">
      <McpChanges server={server.name} listed={tools} />
      <PickList label="Tools" items={tools.map(itemOf)} onBack={onBack} onPick={add} />
      <Faults {...faults} />
    </div>
  )
}

const nameOf = (tool: unknown): string | null => (isObject(tool) && typeof tool.name === 'string' ? tool.name : null)

function itemOf(tool: unknown) {
  const note = isObject(tool) && typeof tool.description === 'string' ? tool.description : ''
  return { key: nameOf(tool), name: nameOf(tool) ?? '(no name)', note }
}
