import type { ImportAnswer, ImportedOperation, NeededSecret } from '@volley/shared/api.ts'
import { type Flow, flowSchema } from '@volley/shared/flow/flow.ts'
import { useRef, useState } from 'react'
import { sentenceOf } from '../api/client.ts'
import { readOpenApi } from '../api/openApi.ts'
import { useDialogs } from '../state/dialogs.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { TextArea } from '../ui/TextInput.tsx'
import { addToFlow } from './addToFlow.ts'
import { Faults } from './Faults.tsx'
import { FileButton } from './FileButton.tsx'
import { NeededSecrets } from './NeededSecrets.tsx'
import { PickList } from './PickList.tsx'

/** Picks operations of an OpenAPI document as tools: paste or file, then all or some, then the secrets they need. */
export function OpenApiDialog() {
  const { open, show } = useDialogs()
  return (
    <Dialog
      wide
      open={open === 'openapi'}
      onOpenChange={(isOpen) => show(isOpen ? 'openapi' : null)}
      title="OpenAPI"
      description="Each operation you pick becomes an http tool. OpenAPI 3 and Swagger 2, JSON or YAML; nothing is run, fetched or saved by reading it."
    >
      <OpenApiForm onDone={() => show(null)} />
    </Dialog>
  )
}

type Step =
  | { is: 'document' }
  | { is: 'pick'; content: string; answer: ImportAnswer; operations: ImportedOperation[] }
  | { is: 'secrets'; flow: Flow; secrets: NeededSecret[]; count: number }

function OpenApiForm({ onDone }: { onDone: () => void }) {
  const [content, setContent] = useState('')
  const [step, setStep] = useState<Step>({ is: 'document' })
  const [isReading, setReading] = useState(false)
  const [faults, setFaults] = useState<Parameters<typeof Faults>[0]>({})
  const latest = useRef(0)

  const read = async (text: string) => {
    setContent(text)
    setFaults({})
    const turn = ++latest.current
    if (text.trim() === '') return setReading(false)
    setReading(true)
    const answer = await readOpenApi(text)
    if (turn !== latest.current) return
    setReading(false)
    if (!answer.ok) return setFaults({ fault: sentenceOf(answer.error) })
    const { operations = [], problems } = answer.value
    if (operations.length === 0) return setFaults({ problems })
    setStep({ is: 'pick', content: text, answer: answer.value, operations })
  }
  const add = async (picked: readonly string[]) => {
    if (step.is !== 'pick') return
    const answer = await readOpenApi(step.content, picked)
    if (!answer.ok) return setFaults({ fault: sentenceOf(answer.error) })
    const flow = flowSchema.safeParse(answer.value.flow)
    if (!flow.success) return setFaults({ problems: answer.value.problems })
    const count = addToFlow(flow.data).length
    const { secrets = [] } = answer.value
    if (secrets.length === 0) return onDone()
    setStep({ is: 'secrets', flow: flow.data, secrets, count })
  }

  if (step.is === 'secrets') return <NeededSecrets {...step} onDone={onDone} />
  if (step.is === 'pick')
    return (
      <div className="flex flex-col gap-3">
        <PickList
          label="Operations"
          items={step.operations.map(itemOf)}
          onBack={() => setStep({ is: 'document' })}
          onPick={(names) => void add(names)}
        />
        <Faults {...faults} />
        <Faults isNote problems={step.answer.problems} />
      </div>
    )
  return (
    <div className="flex flex-col gap-3">
      <Field label="Document" hint="paste JSON or YAML here, or choose a file">
        <TextArea
          mono
          data-autofocus
          className="h-64 max-h-64 min-h-64"
          value={content}
          placeholder={'openapi: 3.1.0\ninfo:\n  title: …\npaths:\n  /forecast:\n    get: …'}
          onChange={({ target }) => void read(target.value)}
        />
      </Field>
      <div className="flex items-center gap-3">
        <FileButton accept=".json,.yaml,.yml,application/json" onText={(text) => void read(text)} />
        <span role="status" className="text-xs text-text-2">
          {isReading ? 'Reading it …' : ''}
        </span>
        <Button
          variant="primary"
          className="ml-auto"
          disabled={content.trim() === '' || isReading}
          onClick={() => void read(content)}
        >
          Read it
        </Button>
      </div>
      <Faults {...faults} />
    </div>
  )
}

function itemOf({ tool, method, path, tags, summary, deprecated, operationId }: ImportedOperation) {
  return {
    key: tool,
    kind: method.toUpperCase(),
    name: path,
    note: summary || operationId || '',
    tags,
    isOld: deprecated,
  }
}
