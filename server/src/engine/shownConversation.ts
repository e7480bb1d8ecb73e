import type { ConversationAnswer, ShownMessage } from '@volley/shared/api.ts'
import { DEFAULT_POLICY, policyOf } from '@volley/shared/flow/defaults.ts'
import { systemForModel } from '@volley/shared/plan/modelView.ts'
import { resultChars } from '@volley/shared/run/content.ts'
import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { conversationOf } from './conversation.ts'
import type { RunSpec } from './ports.ts'

/** The conversation as the model was shown it, with the turns and calls it is made of. Nothing for a volley written by hand. */
export function shownConversation(
  run: RunState,
  spec: Pick<RunSpec, 'flow' | 'variables' | 'batch'>,
): ConversationAnswer {
  if (spec.batch) return { system: '', messages: [] }
  const { flow, variables } = spec
  const most = new Map(flow.tools.map((tool) => [tool.name, policyOf(tool).maxResultChars]))
  const turns = run.turns.filter((turn) => turn.finishedAt !== null)
  let at = -1
  const before = run.messages?.length ?? 0
  const messages = conversationOf(run, flow).map((message, index): ShownMessage => {
    if (index < before && message.role === 'assistant')
      return { role: 'assistant', turn: 0, text: message.text, calls: [] }
    if (message.role === 'user') return { role: 'user', turn: 0, text: message.text }
    if (message.role === 'assistant') at++
    const { turn, calls } = turns[at] ?? { turn: 0, calls: [] }
    if (message.role === 'assistant') {
      const { text } = message
      return {
        role: 'assistant',
        turn,
        text,
        calls: message.calls.map(({ tool, argumentsText }, nth) => ({ call: calls[nth] ?? 0, tool, argumentsText })),
      }
    }
    return {
      role: 'results',
      turn,
      results: message.results.map(({ tool, text, isError, parts = [] }, nth) => {
        const call = run.calls[(calls[nth] ?? 0) - 1] as CallState
        const mostChars = most.get(tool) ?? DEFAULT_POLICY.maxResultChars
        return {
          call: call.call,
          tool,
          text,
          isError,
          cut: Math.max(0, resultChars(call) - mostChars),
          pictures: parts.filter((part) => part.type === 'picture').length,
        }
      }),
    }
  })
  return { system: systemForModel(flow, variables), messages }
}
