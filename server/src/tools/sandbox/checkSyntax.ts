import type { QuickJSContext } from 'quickjs-emscripten-core'
import { codeFault, importFault, type ThrownError } from './codeFault.ts'
import { type CodeFault, SOURCE_FILE } from './protocol.ts'

const MOST_MS = 1500

/** What keeps a source from being a code tool, as far as can be told without running any of it; null when nothing does. */
export function checkSyntax(source: string, context: QuickJSContext): CodeFault | null {
  const end = performance.now() + MOST_MS
  let refused: CodeFault | null = null
  context.runtime.setInterruptHandler(() => performance.now() >= end)
  context.runtime.setModuleLoader(
    (name) => {
      refused ??= importFault(name, source)
      return { error: new Error('refused') }
    },
    (_base, name) => name,
  )
  const compiled = context.evalCode(source, SOURCE_FILE, { type: 'module', compileOnly: true })
  if (refused) return refused
  const thrown = compiled.error ? (context.dump(compiled.error) as ThrownError | undefined) : undefined
  // QuickJS gives up on some code that can never be reached without a reason: that is no fault of the source.
  if (thrown) return codeFault(thrown, source)
  if (/\bexport\b/.test(source) && /\bdefault\b/.test(source)) return null
  return { message: 'The code exports no function: begin with export default async (args) => { … }', place: null }
}
