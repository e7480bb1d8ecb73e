import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { ensureSyntaxTree, syntaxTree } from '@codemirror/language'
import type { Diagnostic } from '@codemirror/lint'
import type { EditorState } from '@codemirror/state'
import type { EditorView, Tooltip } from '@codemirror/view'
import type { CodeProblem } from '@volley/shared/api.ts'
import type { ArgumentShape } from './argumentShape.ts'
import { memberOf, readSource, type SourceReading } from './readSource.ts'

// What the editor of a source knows of its arguments: completions, hovers and warnings.

const MOST_MS = 100

export function readState(state: EditorState, shape: ArgumentShape): SourceReading {
  const tree = ensureSyntaxTree(state, state.doc.length, MOST_MS) ?? syntaxTree(state)
  return readSource(tree, state.doc.toString(), shape)
}

/** What stands after the dot, or in the braces that take the arguments apart; each with its type and what it is. */
export function completeArguments(context: CompletionContext, shape: ArgumentShape): CompletionResult | null {
  const { state, pos } = context
  const path = context.matchBefore(/[A-Za-z_$][\w$]*(?:\??\.[\w$]+|\[\d+\])*\??\.[\w$]*/)
  const typed = context.matchBefore(/[\w$]*/)
  const from = typed?.from ?? pos
  if (path) {
    const [first = '', ...keys] = state.sliceDoc(path.from, from).match(/[\w$]+/g) ?? []
    const start = readState(state, shape).shapeOf(first, path.from)
    return optionsOf(
      keys.reduce<ArgumentShape | null>((inner, key) => memberOf(inner, key) ?? null, start),
      from,
    )
  }
  const isPlaceOfName = /[{,]\s*$/.test(state.sliceDoc(Math.max(0, from - 200), from))
  if (!isPlaceOfName || !(context.explicit || from < pos)) return null
  return optionsOf(readState(state, shape).patternAt(pos), from)
}

function optionsOf(owner: ArgumentShape | null, from: number): CompletionResult | null {
  const options = [...(owner?.properties()?.values() ?? [])]
    .filter(({ name }) => /^[A-Za-z_$][\w$]*$/.test(name))
    .map(
      ({ name, type, about, isRequired }): Completion => ({
        label: name,
        type: 'property',
        detail: isRequired ? type : `${type}, optional`,
        ...(about === '' ? {} : { info: about }),
      }),
    )
  return options.length === 0 ? null : { from, options, validFor: /^[\w$]*$/ }
}

/** What a name under the pointer stands for. */
export function hoverArgument(view: EditorView, at: number, shape: ArgumentShape): Tooltip | null {
  const found = readState(view.state, shape).mentions.find(({ from, to }) => from <= at && at <= to)
  if (!found) return null
  const { path, type, about, isRequired } = found.shape
  return {
    pos: found.from,
    end: found.to,
    create: () => {
      const dom = document.createElement('div')
      dom.className = 'cm-argument'
      const line = dom.appendChild(document.createElement('code'))
      line.textContent = `${path}${isRequired ? '' : '?'}: ${type}`
      if (about !== '') dom.appendChild(document.createElement('p')).textContent = about
      return { dom }
    },
  }
}

/** What keeps the source from running, and names in it that are no parameters, each at its place. */
export function diagnosticsOf(
  state: EditorState,
  { problems, shape }: { problems: readonly CodeProblem[]; shape: ArgumentShape },
): Diagnostic[] {
  const { doc } = state
  const errors = problems.map(({ line, column, message }): Diagnostic => {
    const at = doc.line(Math.min(Math.max(1, line), doc.lines))
    const from = Math.min(at.from + Math.max(0, column - 1), at.to)
    return { from, to: Math.max(from, at.to), severity: 'error', message }
  })
  const warnings = readState(state, shape).faults.map((fault): Diagnostic => ({ ...fault, severity: 'warning' }))
  return [...errors, ...warnings]
}
