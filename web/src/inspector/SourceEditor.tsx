import { autocompletion, type CompletionContext, completionKeymap } from '@codemirror/autocomplete'
import { javascript, javascriptLanguage } from '@codemirror/lang-javascript'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { EditorView, hoverTooltip, keymap, lineNumbers, tooltips } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { CodeProblem } from '@volley/shared/api.ts'
import { TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { type EditorField, useEditor } from '../ui/useEditor.ts'
import type { ArgumentShape } from './argumentShape.ts'
import { completeArguments, diagnosticsOf, hoverArgument } from './sourceHelp.ts'

/**
 * JavaScript with line numbers, problems at their places, and what is known of the arguments: their names where they are typed, their
 * types under the pointer, a warning where a name is none of them. Tab leaves it, as in any other field.
 */
export default function SourceEditor({
  problems,
  shape,
  ...field
}: EditorField & { problems: readonly CodeProblem[]; shape: ArgumentShape }) {
  const latest = useRef(shape)
  latest.current = shape
  const { box, view } = useEditor(field, [
    lineNumbers(),
    lintGutter(),
    javascript(),
    autocompletion({ activateOnTyping: true }),
    javascriptLanguage.data.of({
      autocomplete: (context: CompletionContext) => completeArguments(context, latest.current),
    }),
    hoverTooltip((editor, at) => hoverArgument(editor, at, latest.current)),
    // Over everything: inside the panel they would be cut off.
    tooltips({ parent: document.body }),
    keymap.of([...completionKeymap, ...lintKeymap]),
    syntaxHighlighting(COLOURS),
    LOOK,
  ])
  const [warnings, setWarnings] = useState<Warning[]>([])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `view` is a ref, made once; the text is read from the editor, and says when to.
  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const diagnostics = diagnosticsOf(editor.state, { problems, shape })
    editor.dispatch(setDiagnostics(editor.state, diagnostics))
    setWarnings(
      diagnostics
        .filter(({ severity }) => severity === 'warning')
        .map(({ from, message }) => ({ line: editor.state.doc.lineAt(from).number, message })),
    )
  }, [problems, shape, field.text])

  return (
    <div className="flex flex-col gap-1.5">
      <div ref={box} className="overflow-hidden rounded-md border border-line bg-surface-2 text-xs" />
      <Warnings warnings={warnings} />
    </div>
  )
}

type Warning = Pick<CodeProblem, 'line' | 'message'>

function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  if (warnings.length === 0) return null
  return (
    <ul aria-label="Warnings" className="m-0 flex list-none flex-col gap-1 p-0 text-xs text-waiting-text">
      {warnings.map(({ line, message }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two warnings may say the same of one line.
        <li key={at} className="flex gap-1.5">
          <TriangleAlert size={13} aria-hidden className="mt-0.5 shrink-0" />
          <span className="min-w-0 break-words">
            <span className="font-mono">Line {line}</span>: {message}
          </span>
        </li>
      ))}
    </ul>
  )
}

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.moduleKeyword, tags.operatorKeyword], color: 'var(--model-text)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--succeeded-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--running-text)' },
  { tag: tags.comment, color: 'var(--text-3)', fontStyle: 'italic' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--waiting-text)' },
  { tag: [tags.punctuation, tags.operator], color: 'var(--text-2)' },
])

const LOOK = EditorView.theme({
  '&': { maxHeight: '420px' },
  '.cm-content': { minHeight: '140px' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--text-3)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 2px 0 8px', minWidth: '24px' },
  '.cm-gutter-lint': { width: '14px' },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface-1)',
    border: '1px solid var(--line-strong)',
    borderRadius: '7px',
    color: 'var(--text-1)',
  },
  '.cm-argument': { maxWidth: '320px', padding: '6px 9px', fontSize: '12px' },
  '.cm-argument code': { fontFamily: 'var(--font-mono)', color: 'var(--text-1)' },
  '.cm-argument p': { margin: '3px 0 0', color: 'var(--text-2)' },
  '.cm-tooltip-lint': { padding: '2px', fontSize: '12px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--surface-3)', color: 'var(--text-1)' },
})
