import type { AnswerCheck, ExpectedCall, Need, TestCase } from '@volley/shared/evals/testCase.ts'
import { needOf } from '@volley/shared/evals/testCase.ts'
import { assertNever } from '@volley/shared/lib/result.ts'
import type { EarlierMessage } from '@volley/shared/run/earlierMessage.ts'

/** A parameter of an expected call. What is typed stays while any value counts. */
export interface ParameterDraft {
  name: string
  isAny: boolean
  /** Each a JSON text, which may be none yet. */
  values: string[]
  mayBeLeftOut: boolean
}

export interface CallDraft {
  /** Names it in `after`, whatever its id is while that is typed. */
  key: number
  id: string
  tool: string
  need: Need
  /** Null: any arguments are right. */
  parameters: ParameterDraft[] | null
  after: number[]
  together: string
}

/** A check of the answer; `text` is its text, pattern, JSON or rubric, so that it survives a change of kind. */
export interface CheckDraft {
  kind: AnswerCheck['kind']
  text: string
  ignoreCase: boolean
  provider: string
  model: string
}

/** A case as it stands in its form, texts that are no JSON yet included. */
export interface CaseDraft {
  id: string
  name: string
  input: string
  variables: Record<string, string>
  messages: EarlierMessage[]
  /** Null: calls are not looked at. */
  calls: CallDraft[] | null
  texts: 'exact' | 'loose'
  answer: CheckDraft[]
  /** What the form does not show. */
  rest: Pick<TestCase, 'tools' | 'bfcl'>
}

/** The form of a case. */
export function draftOf(one: TestCase): CaseDraft {
  const { calls, texts = 'exact', answer = [] } = one.expected
  return {
    id: one.id,
    name: one.name ?? '',
    input: one.input,
    variables: one.variables ?? {},
    messages: one.messages ?? [],
    calls: calls ? calls.map((call, key) => callDraftOf(call, key, calls)) : null,
    texts,
    answer: answer.map(checkDraftOf),
    rest: {
      ...(one.tools === undefined ? {} : { tools: one.tools }),
      ...(one.bfcl === undefined ? {} : { bfcl: one.bfcl }),
    },
  }
}

function callDraftOf(call: ExpectedCall, key: number, calls: readonly ExpectedCall[]): CallDraft {
  return {
    key,
    id: call.id ?? '',
    tool: call.tool,
    need: needOf(call),
    parameters: call.arguments
      ? Object.entries(call.arguments).map(([name, values]) => ({
          name,
          isAny: values.length === 0,
          values: values.map((value) => JSON.stringify(value)),
          mayBeLeftOut: call.omittable?.includes(name) ?? false,
        }))
      : null,
    after: (call.after ?? []).map((id) => calls.findIndex((other) => other.id === id)),
    together: call.together ?? '',
  }
}

export const NEW_PARAMETER: ParameterDraft = { name: '', isAny: true, values: [], mayBeLeftOut: false }
export const NEW_CHECK: CheckDraft = { kind: 'contains', text: '', ignoreCase: false, provider: '', model: '' }

function checkDraftOf(check: AnswerCheck): CheckDraft {
  switch (check.kind) {
    case 'contains':
    case 'equals':
      return { ...NEW_CHECK, kind: check.kind, text: check.text, ignoreCase: check.ignoreCase ?? false }
    case 'regex':
      return { ...NEW_CHECK, kind: check.kind, text: check.pattern }
    case 'json':
      return { ...NEW_CHECK, kind: check.kind, text: JSON.stringify(check.value, null, 2) }
    case 'judge':
      return {
        ...NEW_CHECK,
        kind: check.kind,
        text: check.rubric,
        provider: check.provider ?? '',
        model: check.model ?? '',
      }
    default:
      return assertNever(check)
  }
}
