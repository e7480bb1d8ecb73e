import { json } from '@codemirror/lang-json'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { Prec } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { type EditorField, useEditor } from './useEditor.ts'

/**
 * JSON with colours and brackets that match. Loaded only where it is shown. Tab leaves it, as in any other field. `tall`: as high as its
 * text, where what is around it scrolls.
 */
export default function CodeEditor({ tall = false, ...field }: EditorField & { tall?: boolean }) {
  const { box } = useEditor(field, [
    EditorView.lineWrapping,
    json(),
    syntaxHighlighting(COLOURS),
    tall ? Prec.high(TALL) : [],
  ])
  return <div ref={box} className="overflow-hidden rounded-md border border-line bg-surface-2 text-xs" />
}

const TALL = EditorView.theme({ '&': { maxHeight: 'none' } })

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--text-1)' },
  { tag: tags.string, color: 'var(--succeeded-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--running-text)' },
  { tag: tags.punctuation, color: 'var(--text-3)' },
])
