import { isEqualJson } from '@volley/shared/lib/json.ts'
import { jsonFault } from '@volley/shared/lib/jsonFault.ts'
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { sealChange } from './edits.ts'

const CodeEditor = lazy(() => import('../ui/CodeEditor.tsx'))

/**
 * A value as JSON text. What is typed is kept as it is; once it is JSON that `check` lets through, it becomes the value, and until
 * then it says why not. A value that changes from outside replaces the text. Empty text stands for `undefined` where that is allowed.
 * `draft` keeps a text that is no value yet while the field is out of sight.
 */
export function JsonField({
  label,
  value,
  onValue,
  check = () => null,
  optional = false,
  draft,
}: {
  label: string
  value: unknown
  onValue: (value: unknown) => void
  check?: (value: unknown) => string | null
  optional?: boolean
  draft?: RefObject<string | null>
}) {
  const [text, setText] = useState(() => draft?.current ?? textOf(value))
  const read = readJson(text, check, optional)
  const isApart = read.ok && !isEqualJson(read.value, value)
  const shown = useRef(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text follows the value, not the other way round.
  useEffect(() => {
    // At first the text is what it was made with, be it a draft.
    if (shown.current === value) return
    shown.current = value
    if (draft) draft.current = null
    if (isApart || !read.ok) setText((now) => (isEqualJson(valueIn(now), value) ? now : textOf(value)))
  }, [value])
  return (
    <div className="flex flex-col gap-1">
      <Suspense fallback={<div className="h-24 rounded-md border border-line bg-surface-2" />}>
        <CodeEditor
          label={label}
          text={text}
          onText={(next) => {
            setText(next)
            const parsed = readJson(next, check, optional)
            if (draft) draft.current = parsed.ok ? null : next
            if (parsed.ok && !isEqualJson(parsed.value, value)) onValue(parsed.value)
          }}
          onBlur={sealChange}
        />
      </Suspense>
      {!read.ok && (
        <p role="alert" className="m-0 text-xs text-failed-text">
          {read.error}
        </p>
      )}
    </div>
  )
}

const textOf = (value: unknown) => (value === undefined ? '' : JSON.stringify(value, null, 2))

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

type Read = { ok: true; value: unknown } | { ok: false; error: string }

function readJson(text: string, check: (value: unknown) => string | null, optional: boolean): Read {
  if (optional && text.trim() === '') return { ok: true, value: undefined }
  try {
    const value = JSON.parse(text) as unknown
    const fault = check(value)
    return fault === null ? { ok: true, value } : { ok: false, error: fault }
  } catch {
    const fault = jsonFault(text)
    const where = fault ? ` Line ${fault.line}, column ${fault.column}: ${fault.reason}.` : ''
    return { ok: false, error: `This is no JSON yet, so it is not taken over.${where}` }
  }
}
