import type { ImportAnswer } from '@volley/shared/api.ts'
import { paste } from '@volley/shared/flow/edit.ts'
import { flowSchema } from '@volley/shared/flow/flow.ts'
import { FileUp, TriangleAlert } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { FORMAT_LABELS } from '../actions/exportFlow.ts'
import { freePlace, placesOf } from '../actions/layout.ts'
import { openUnsaved } from '../actions/openFlow.ts'
import { importDocument, sentenceOf } from '../api/client.ts'
import { useDialogs } from '../state/dialogs.ts'
import { currentFlow, useFlowStore } from '../state/flowStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { canvasView } from '../state/view.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { TextArea } from '../ui/TextInput.tsx'

/** Reads a flow or a list of tools from text or a file. Nothing is run, fetched or saved by it. */
export function ImportDialog() {
  const { open, show } = useDialogs()
  return (
    <Dialog
      wide
      open={open === 'import'}
      onOpenChange={(isOpen) => show(isOpen ? 'import' : null)}
      title="Import"
      description="A Volley document, or tools as OpenAI, Anthropic or MCP write them. Nothing is run or saved by reading it."
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
  const fileInput = useRef<HTMLInputElement>(null)
  const id = useId()

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
  const problems = [...(answer?.problems ?? [])]

  const openIt = () => {
    if (!imported) return
    onDone()
    openUnsaved(imported)
  }
  const addTools = () => {
    if (!imported) return
    const clip = { tools: imported.tools, edges: imported.edges, layout: layoutOf(imported) }
    const added = paste(currentFlow(), clip, { x: 0, y: 0 })
    useFlowStore.getState().change(`Import ${added.names.length} tools`, () => added.flow)
    useSessionStore.getState().select(added.names)
    onDone()
    requestAnimationFrame(() => canvasView()?.fit())
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
        <input
          ref={fileInput}
          id={`${id}-file`}
          type="file"
          aria-label="File"
          accept=".json,application/json"
          className="sr-only"
          tabIndex={-1}
          onChange={({ target }) => {
            const [file] = target.files ?? []
            if (file) void file.text().then(read)
            target.value = ''
          }}
        />
        <Button size="sm" icon={<FileUp size={13} aria-hidden />} onClick={() => fileInput.current?.click()}>
          Choose a file
        </Button>
        {imported && answer && (
          <span className="text-xs text-text-2">
            {FORMAT_LABELS[answer.format as keyof typeof FORMAT_LABELS] ?? answer.format}: {imported.tools.length}{' '}
            {imported.tools.length === 1 ? 'tool' : 'tools'}, {imported.edges.length}{' '}
            {imported.edges.length === 1 ? 'edge' : 'edges'}
          </span>
        )}
      </div>
      {(fault || problems.length > 0) && (
        <ul
          role="alert"
          className="m-0 flex max-h-40 list-none flex-col gap-1.5 overflow-y-auto rounded-lg border border-failed/40 bg-failed/8 p-2.5 text-xs"
        >
          {fault && <ProblemLine pointer="" message={fault} />}
          {problems.map(({ pointer, message }) => (
            <ProblemLine key={`${pointer} ${message}`} pointer={pointer} message={message} />
          ))}
        </ul>
      )}
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

function ProblemLine({ pointer, message }: { pointer: string; message: string }) {
  return (
    <li className="flex gap-2">
      <TriangleAlert size={13} aria-hidden className="mt-0.5 shrink-0 text-failed-text" />
      <span>
        {pointer && <code className="font-mono text-2xs text-text-3">{pointer} </code>}
        {message}
      </span>
    </li>
  )
}

/** The imported tools in their own arrangement, beside what is on the canvas. */
function layoutOf(imported: Parameters<typeof placesOf>[0]) {
  const taken = [...placesOf(currentFlow()).values()]
  const right = Math.max(0, ...taken.map(({ x }) => x)) + 340
  const places = [...placesOf(imported)].filter(([key]) => imported.tools.some((tool) => tool.name === key))
  const left = Math.min(...places.map(([, { x }]) => x))
  const start = freePlace(taken, { x: right, y: 0 })
  return Object.fromEntries(places.map(([key, { x, y }]) => [key, { x: start.x + x - left, y: start.y + y }]))
}
