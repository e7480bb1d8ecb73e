import type { ServerInfo } from '@volley/shared/api.ts'
import { RotateCcw, Sparkles } from 'lucide-react'
import { useEffect, useState } from 'react'
import { getInfo } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { TextArea } from '../ui/TextInput.tsx'
import { DraftModel } from './DraftModel.tsx'
import { DraftShown } from './DraftShown.tsx'
import { openDraft } from './openDraft.ts'
import { useDraft } from './useDraft.ts'

/** From a sentence to a flow: a model drafts it, one looks at it, and opens it unsaved. Drafts at once what was already typed. */
export function DraftDialog({ prompt: given, onClose }: { prompt: string; onClose: () => void }) {
  const [prompt, setPrompt] = useState(given)
  const [provider, setProvider] = useState('simulated')
  const [model, setModel] = useState('')
  const { drafting, draft, cancel } = useDraft()
  const { loaded } = useAnswer('info', getInfo)
  const providers: ServerInfo['providers'] = loaded.is === 'there' ? loaded.value.providers : []
  const ask = () => {
    if (prompt.trim() !== '') void draft({ prompt, provider, ...(model.trim() === '' ? {} : { model: model.trim() }) })
  }
  useEffect(() => {
    if (given.trim() !== '') void draft({ prompt: given })
  }, [given, draft])
  const isAsking = drafting.is === 'asking'
  const isThere = drafting.is === 'there'
  return (
    <Dialog
      wide
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Start from a prompt"
      description="A model drafts tools with made-up results and what waits for what. Nothing is run or saved."
      footer={
        <>
          {isAsking && <Button onClick={cancel}>Cancel</Button>}
          {!isAsking && (
            <Button
              disabled={prompt.trim() === ''}
              icon={isThere ? <RotateCcw size={13} aria-hidden /> : <Sparkles size={14} aria-hidden />}
              onClick={ask}
            >
              {drafting.is === 'nothing' ? 'Draft a flow' : 'Try again'}
            </Button>
          )}
          <Button variant="primary" disabled={!isThere} onClick={() => isThere && void openDraft(drafting.draft)}>
            Open
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3.5">
        <Field label="What should your agent do?">
          <TextArea
            data-autofocus
            value={prompt}
            maxLength={4000}
            placeholder="Look up flights and hotels, compare prices, then book the cheapest."
            onChange={({ target }) => setPrompt(target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
              event.preventDefault()
              ask()
            }}
          />
        </Field>
        <DraftModel
          providers={providers}
          provider={provider}
          model={model}
          onProvider={(name) => {
            setProvider(name)
            setModel(providers.find((one) => one.name === name)?.models[0] ?? '')
          }}
          onModel={setModel}
        />
        <div aria-live="polite" aria-busy={isAsking} className="flex flex-col gap-3">
          {isAsking && <p className="m-0 text-xs text-text-2">Drafting… Closing this ends it.</p>}
          {drafting.is === 'fault' && <Notice tone="failed">{drafting.message}</Notice>}
          {isThere && <DraftShown draft={drafting.draft} />}
        </div>
      </div>
    </Dialog>
  )
}
