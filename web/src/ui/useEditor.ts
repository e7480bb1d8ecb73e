import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, indentOnInput } from '@codemirror/language'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { type RefObject, useEffect, useRef } from 'react'
import { EDITOR_LOOK } from './editorLook.ts'

export interface EditorField {
  label: string
  text: string
  onText: (text: string) => void
  onBlur?: (() => void) | undefined
}

/**
 * An editor in a box that behaves as any other field: Tab leaves it, Mod+Enter is not its own, and a text that comes from outside is put
 * in without being told back. `extensions` are read once, when it is made.
 */
export function useEditor(
  { label, text, onText, onBlur }: EditorField,
  extensions: Extension,
): { box: RefObject<HTMLDivElement | null>; view: RefObject<EditorView | null> } {
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
          EDITOR_LOOK,
          extensions,
          keymap.of([...defaultKeymap.filter((binding) => binding.key !== 'Mod-Enter'), ...historyKeymap]),
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

  return { box, view }
}
