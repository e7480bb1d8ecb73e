import { autocompletion, type CompletionContext, completionKeymap } from '@codemirror/autocomplete'
import { javascript, javascriptLanguage } from '@codemirror/lang-javascript'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorView, keymap, lineNumbers, tooltips } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { CodeProblem } from '@volley/shared/api.ts'
import { useEffect, useRef } from 'react'
import type { CodeArgument } from './CodeForm.tsx'
import { type EditorField, useEditor } from './useEditor.ts'

/** JavaScript with line numbers, problems at their places, and the arguments by name after `args.`. Tab leaves it, as in any other field. */
export default function SourceEditor({
  problems,
  parameters,
  ...field
}: EditorField & { problems: readonly CodeProblem[]; parameters: readonly CodeArgument[] }) {
  const latest = useRef(parameters)
  latest.current = parameters
  const { box, view } = useEditor(field, [
    lineNumbers(),
    lintGutter(),
    javascript(),
    autocompletion({ activateOnTyping: true }),
    javascriptLanguage.data.of({ autocomplete: (context: CompletionContext) => complete(context, latest.current) }),
    // Over everything: inside the panel they would be cut off.
    tooltips({ parent: document.body }),
    keymap.of(completionKeymap),
    syntaxHighlighting(COLOURS),
    LOOK,
  ])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `view` is a ref, made once
  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const { doc } = editor.state
    const diagnostics = problems.map(({ line, column, message }) => {
      const at = doc.line(Math.min(Math.max(1, line), doc.lines))
      const from = Math.min(at.from + Math.max(0, column - 1), at.to)
      return { from, to: Math.max(from, at.to), severity: 'error' as const, message }
    })
    editor.dispatch(setDiagnostics(editor.state, diagnostics))
  }, [problems])

  return <div ref={box} className="overflow-hidden rounded-md border border-line bg-surface-2 text-xs" />
}

/** The arguments by name, after `args.` */
function complete(context: CompletionContext, parameters: readonly CodeArgument[]) {
  const word = context.matchBefore(/\bargs\.[\w$]*/)
  if (!word) return null
  return {
    from: word.from + 'args.'.length,
    options: parameters.map(({ name, type, about }) => ({ label: name, type: 'property', detail: type, info: about })),
  }
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
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--surface-3)', color: 'var(--text-1)' },
})
