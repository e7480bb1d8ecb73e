import type { CaseFile } from '@volley/shared/evals/importPlan.ts'
import { FileText, Upload, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { sizeOf } from '../../../trace/format.ts'
import { Button } from '../../../ui/Button.tsx'
import { cx } from '../../../ui/cx.ts'
import { Field } from '../../../ui/Field.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { TextArea } from '../../../ui/TextInput.tsx'

/** Files to read cases from, chosen or dropped, and a text that is pasted. */
export function FileChoice({
  files,
  pasted,
  onFiles,
  onPasted,
}: {
  files: readonly CaseFile[]
  pasted: string
  onFiles: (files: CaseFile[]) => void
  onPasted: (text: string) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const take = async (chosen: readonly File[]) => {
    const read = await Promise.all(chosen.map(async (file) => ({ name: file.name, text: await file.text() })))
    // A file that is chosen again takes the place of what was read of it before.
    onFiles([...files.filter((file) => !read.some(({ name }) => name === file.name)), ...read])
  }
  return (
    <div className="flex flex-col gap-3">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same by keyboard. */}
      <div
        className={cx(
          'flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border border-dashed px-3 py-3',
          isOver ? 'border-focus bg-surface-2' : 'border-line-strong',
        )}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void take([...event.dataTransfer.files])
        }}
      >
        <Button data-autofocus icon={<Upload size={14} aria-hidden />} onClick={() => input.current?.click()}>
          Choose files
        </Button>
        <span className="text-xs text-text-2">or drop them here</span>
        <input
          ref={input}
          type="file"
          multiple
          accept=".jsonl,.json,.ndjson,.csv,.txt"
          aria-label="Files to import"
          tabIndex={-1}
          className="hidden"
          onChange={(event) => {
            const chosen = [...(event.target.files ?? [])]
            event.target.value = ''
            void take(chosen)
          }}
        />
        {files.length > 0 && (
          <ul aria-label="Chosen files" className="m-0 flex w-full list-none flex-wrap gap-2 p-0">
            {files.map((file) => (
              <li
                key={file.name}
                className="flex max-w-full items-center gap-1.5 rounded-md border border-line bg-surface-2 pl-2 text-xs"
              >
                <FileText size={13} aria-hidden className="shrink-0 text-text-3" />
                <span className="truncate">{file.name}</span>
                <span className="shrink-0 font-mono text-2xs text-text-3">{sizeOf(file.text.length)}</span>
                <IconButton
                  size="sm"
                  label={`Leave out ${file.name}`}
                  icon={<X size={13} />}
                  onClick={() => onFiles(files.filter((other) => other !== file))}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
      <Field label="Or paste them">
        <TextArea
          mono
          spellCheck={false}
          className="max-h-40"
          placeholder={'{"id": "two-ports", "input": "When can we sail?", "expected": {"calls": [{"tool": "tide"}]}}'}
          value={pasted}
          onChange={({ target }) => onPasted(target.value)}
        />
      </Field>
    </div>
  )
}
