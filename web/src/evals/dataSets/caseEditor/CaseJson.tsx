import { lazy, Suspense } from 'react'
import { Notice } from '../../../ui/Notice.tsx'
import { type CaseEdit, textFault, textOf } from './caseEdit.ts'

const CodeEditor = lazy(() => import('../../../ui/CodeEditor.tsx'))

/** The case as JSON: the form and this follow each other. */
export function CaseJson({ edit, onText }: { edit: CaseEdit; onText: (text: string) => void }) {
  const text = textOf(edit)
  const fault = textFault(edit)
  if (!text.ok)
    return (
      <Notice tone="waiting">
        The form holds what is no JSON yet, so that it cannot be shown here. Mend it there first.
        <ul className="mt-1.5 mb-0 pl-4">
          {text.error.map(({ at, message }) => (
            <li key={at}>{message}</li>
          ))}
        </ul>
      </Notice>
    )
  return (
    <div className="flex flex-col gap-3">
      <p className="m-0 text-xs text-text-2">
        All of the case, also what the form does not show: <code className="font-mono">tools</code> that it brings along
        as mocks, and what comes from the leaderboard.
      </p>
      <Suspense fallback={<div className="h-64 rounded-md border border-line bg-surface-2" />}>
        <CodeEditor label="The case as JSON" tall text={text.value} onText={onText} />
      </Suspense>
      {fault !== null && <p className="m-0 text-xs text-failed-text">{fault}</p>}
    </div>
  )
}
