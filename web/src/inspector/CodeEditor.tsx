import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'

/** A text with colours and brackets that match. Loaded only where it is shown. Tab leaves it, as in any other field. */
export default function CodeEditor({
  label,
  text,
  language,
  onText,
  onBlur,
}: {
  label: string
  text: string
  language: 'json' | 'plain'
  onText: (text: string) => void
  onBlur?: () => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef({ onText, onBlur })
  latest.current = { onText, onBlur }

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; later texts are put in by the effect below.
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
          EditorView.lineWrapping,
          keymap.of([...defaultKeymap.filter((binding) => binding.key !== 'Mod-Enter'), ...historyKeymap]),
          ...(language === 'json' ? [json()] : []),
          syntaxHighlighting(COLOURS),
          LOOK,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((one) => one.isUserEvent('outside')))
              latest.current.onText(update.state.doc.toString())
            if (update.focusChanged && !update.view.hasFocus) latest.current.onBlur?.()
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

  return <div ref={box} className="overflow-hidden rounded-md border border-line bg-surface-2 text-xs" />
}

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--text-1)' },
  { tag: tags.string, color: 'var(--succeeded-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--running-text)' },
  { tag: tags.punctuation, color: 'var(--text-3)' },
])

const LOOK = EditorView.theme({
  '&': { maxHeight: '320px', fontSize: '12px' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-1px', borderRadius: '7px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.5', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--text-1)', padding: '8px 0' },
  '.cm-line': { padding: '0 10px' },
  '.cm-cursor': { borderLeftColor: 'var(--text-1)' },
  '&:not(.cm-focused) .cm-matchingBracket': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--surface-3)', outline: '1px solid var(--line-strong)' },
})
