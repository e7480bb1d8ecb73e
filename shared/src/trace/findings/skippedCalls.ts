import type { CallState } from '../../run/state.ts'
import { clauseCure } from './cure.ts'
import type { Finding } from './finding.ts'
import { isReading } from './isReading.ts'
import type { TraceFacts } from './traceFacts.ts'
import { numbered } from './words.ts'

/**
 * Tools that should have been called and were not: those a case expects, those that instructions or input name, and those that stand by
 * an order edge before a tool that changes something and was called without them.
 */
export function skippedCalls(facts: TraceFacts, { expects = [] }: { expects?: readonly string[] } = {}): Finding[] {
  const { run, flow } = facts
  if (run.status !== 'succeeded') return []
  const called = new Set(run.calls.map((call) => call.tool))
  const reasons = new Map<string, { why: string; calls: CallState[] }>()
  const missing = (tool: string, why: string, calls: CallState[] = []) => {
    if (!called.has(tool) && !reasons.has(tool)) reasons.set(tool, { why, calls })
  }
  for (const tool of expects) missing(tool, 'the case expects it')
  for (const tool of flow.tools) {
    if (isAskedFor(tool.name, run.input)) missing(tool.name, 'the input names it')
    else if (isAskedFor(tool.name, flow.agent.system ?? '')) missing(tool.name, 'the instructions name it')
  }
  for (const edge of flow.edges) {
    const target = facts.tools.get(edge.to)
    const calls = run.calls.filter((call) => call.tool === edge.to && call.startedAt !== null)
    if (edge.kind === 'order' && edge.from !== edge.to && target && !isReading(target) && calls.length > 0)
      missing(edge.from, `${edge.to} ${numbered(calls.map((call) => call.call))} runs after it by an edge`, calls)
  }
  return [...reasons].map(([tool, { why, calls }]) => ({
    code: 'skipped_call',
    message: `${tool} was never called, though ${why}.`,
    calls: calls.map((call) => call.call),
    costMs: 0,
    savesMs: 0,
    lostTokens: 0,
    advice: `Say in the instructions when ${tool} must be called, and describe it so that the model sees why.`,
    evidence: { tool, why },
    ...clauseCure(flow, 'no-skips'),
  }))
}

/** Whether a text names a tool as one to be called: a name of more than one word, and not after a no. */
function isAskedFor(name: string, text: string): boolean {
  if (!/[_-]/.test(name)) return false
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + name.length] ?? ' ']
    if (/[\w-]/.test(before) || /[\w-]/.test(after)) continue
    const sentence =
      text
        .slice(0, at)
        .split(/[.!?;\n]/)
        .at(-1) ?? ''
    if (!/\b(not|never|no|without|unless|if|when|only|avoid|don['’]t|instead of)\b/i.test(sentence)) return true
  }
  return false
}
