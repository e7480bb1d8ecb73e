import { useRef, useState } from 'react'
import { openUnsaved } from '../actions/openFlow.ts'
import { importDocument, sentenceOf } from '../api/client.ts'
import { toast } from '../ui/toast.tsx'

/** Reads a file as a flow and opens it unsaved: a Volley document, or a list of tools in a form other programs use. */
export function useImport() {
  const input = useRef<HTMLInputElement>(null)
  const [isBusy, setBusy] = useState(false)
  const read = async (file: File) => {
    setBusy(true)
    const answer = await importDocument({ content: await file.text() })
    setBusy(false)
    if (!answer.ok) return toast.problem(`${file.name} could not be imported.`, sentenceOf(answer.error))
    const { flow, problems } = answer.value
    const [first] = problems
    if (!flow) return toast.problem(`${file.name} could not be imported.`, first?.message ?? 'Nothing in it is a tool.')
    openUnsaved(flow)
    if (first) toast.problem(`${file.name} is open; not all of it could be read.`, first.message)
  }
  return {
    isBusy,
    choose: () => input.current?.click(),
    /** Stands somewhere on the page, unseen. */
    field: (
      <input
        ref={input}
        type="file"
        accept=".json,.yaml,.yml,application/json"
        aria-label="File to import"
        tabIndex={-1}
        className="hidden"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void read(file)
        }}
      />
    ),
  }
}
