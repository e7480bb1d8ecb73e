import type { ImportAnswer } from '@volley/shared/api.ts'
import { flowSchema } from '@volley/shared/flow/flow.ts'
import { useRef, useState } from 'react'
import { FORMAT_LABELS } from '../actions/exportFlow.ts'
import { openUnsaved } from '../actions/openFlow.ts'
import { importDocument, sentenceOf } from '../api/client.ts'
import { useDialogs } from '../state/dialogs.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { TextArea } from '../ui/TextInput.tsx'
import { addToFlow } from './addToFlow.ts'
import { Faults } from './Faults.tsx'
import { FileButton } from './FileButton.tsx'

/** Reads a flow or a list of tools from text or a file. Nothing is run, fetched or saved by it. */
export function ImportDialog() {
  const { open, show } = useDialogs()
  return (
    <Dialog
      wide
      open={open === 'import'}
      onOpenChange={(isOpen) => show(isOpen ? 'import' : null)}
      title="Import"
      description="A Volley or OpenAPI document, or tools as OpenAI, Anthropic or MCP write them. Nothing is run or saved by reading it."
    >
      <ImportForm onDone={() => show(null)} />
    </Dialog>
  )
}

function ImportForm({ onDone }: { onDone: () => void }) {
  const [content, setContent] = useState('')
  const [answer, setAnswer] = useState<ImportAnswer | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const latest = useRef(0)

  const read = async (text: string) => {
    setContent(text)
    setFault(null)
    const turn = ++latest.current
    if (text.trim() === '') return setAnswer(null)
    const read = await importDocument({ content: text })
    if (turn !== latest.current) return
    setAnswer(read.ok ? read.value : null)
    if (!read.ok) setFault(sentenceOf(read.error))
  }
  const flow = answer?.flow ? flowSchema.safeParse(answer.flow) : null
  const imported = flow?.success ? flow.data : null

  const openIt = () => {
    if (!imported) return
    onDone()
    openUnsaved(imported)
  }
  const addTools = () => {
    if (!imported) return
    addToFlow(imported)
    onDone()
  }
  return (
    <div className="flex flex-col gap-3">
      <Field label="Document" hint="paste JSON here, or choose a file">
        <TextArea
          mono
          data-autofocus
          className="h-52 max-h-52 min-h-52"
          value={content}
          placeholder={'{ "format": "volley.flow/1", … }   or   [{ "type": "function", … }]'}
          onChange={({ target }) => void read(target.value)}
        />
      </Field>
      <div className="flex items-center gap-2">
        <FileButton accept=".json,.yaml,.yml,application/json" onText={(text) => void read(text)} />
        {imported && answer && (
          <span className="text-xs text-text-2">
            {formatLabel(answer.format)}: {imported.tools.length} {imported.tools.length === 1 ? 'tool' : 'tools'},{' '}
            {imported.edges.length} {imported.edges.length === 1 ? 'edge' : 'edges'}
          </span>
        )}
      </div>
      <Faults fault={fault} problems={answer?.problems ?? []} />
      <div className="flex justify-end gap-2">
        <Button disabled={!imported || imported.tools.length === 0} onClick={addTools}>
          Add to this flow
        </Button>
        <Button variant="primary" disabled={!imported} onClick={openIt}>
          Open as a new flow
        </Button>
      </div>
    </div>
  )
}

const formatLabel = (format: string) =>
  format === 'openapi' ? 'OpenAPI document' : (FORMAT_LABELS[format as keyof typeof FORMAT_LABELS] ?? format)
