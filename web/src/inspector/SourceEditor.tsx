import { autocompletion, type CompletionContext, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { javascript, javascriptLanguage } from '@codemirror/lang-javascript'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers, tooltips } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { CodeProblem } from '@volley/shared/api.ts'
import { useEffect, useRef } from 'react'
import type { CodeArgument } from './CodeForm.tsx'
import { EDITOR_LOOK } from './editorLook.ts'

/** JavaScript with line numbers, problems at their places, and the arguments by name after `args.`. Tab leaves it, as in any other field. */
export default function SourceEditor({
  label,
  text,
  problems,
  parameters,
  onText,
  onBlur,
}: {
  label: string
  text: string
  problems: readonly CodeProblem[]
  parameters: readonly CodeArgument[]
  onText: (text: string) => void
  onBlur: () => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef({ onText, onBlur, parameters })
  latest.current = { onText, onBlur, parameters }

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; later texts are put in by the effects below.
  useEffect(() => {
    if (!box.current) return
    const editor = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          history(),
          indentOnInput(),
          bracketMatching(),
          lineNumbers(),
          lintGutter(),
          javascript(),
          autocompletion({ activateOnTyping: true }),
          javascriptLanguage.data.of({
            autocomplete: (context: CompletionContext) => complete(context, latest.current.parameters),
          }),
          // Over everything: inside the panel they would be cut off.
          tooltips({ parent: document.body }),
          keymap.of([
            ...completionKeymap,
            ...defaultKeymap.filter((binding) => binding.key !== 'Mod-Enter'),
            ...historyKeymap,
          ]),
          syntaxHighlighting(COLOURS),
          EDITOR_LOOK,
          LOOK,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((one) => one.isUserEvent('outside')))
              latest.current.onText(update.state.doc.toString())
            if (update.focusChanged && !update.view.hasFocus) latest.current.onBlur()
          }),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [])

  useEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === text) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text }, userEvent: 'outside' })
  }, [text])

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
