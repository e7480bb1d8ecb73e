import { inputsOf, type Plan, resultOf } from './plan.ts'

/** One execution of a call as its tool saw it; times on one clock. */
export interface Execution {
  n: number
  inputs: unknown[]
  startedAt: number
  /** Null for one that never ended. */
  endedAt: number | null
}

/**
 * What is wrong with a run, as sentences; none when every call was executed exactly once, with the right values, after all it depends
 * on, and every result was given back to the model once.
 */
export function faultsOf(
  plan: Plan,
  executions: readonly Execution[],
  returned: readonly { n: number; text: string }[],
): string[] {
  const faults: string[] = []
  const byCall = Map.groupBy(executions, (execution) => execution.n)
  for (const call of plan.calls) {
    const [execution, ...more] = byCall.get(call.n) ?? []
    if (!execution) {
      faults.push(`call ${call.n} was not executed`)
      continue
    }
    if (more.length > 0) faults.push(`call ${call.n} was executed ${more.length + 1} times`)
    if (JSON.stringify(execution.inputs) !== JSON.stringify(inputsOf(plan, call)))
      faults.push(`call ${call.n} was given ${JSON.stringify(execution.inputs)}`)
    for (const dep of call.deps) {
      const end = byCall.get(dep)?.[0]?.endedAt
      if (end === undefined || end === null || end > execution.startedAt)
        faults.push(`call ${call.n} started before call ${dep} had ended`)
    }
  }
  const texts = Map.groupBy(returned, (one) => one.n)
  for (const call of plan.calls) {
    const [given, ...more] = texts.get(call.n) ?? []
    if (!given) faults.push(`the result of call ${call.n} was not given back`)
    else if (!isResult(given.text, call.n)) faults.push(`the result of call ${call.n} was given back as ${given.text}`)
    if (more.length > 0) faults.push(`the result of call ${call.n} was given back ${more.length + 1} times`)
  }
  return faults
}

/** Whether a text given back to the model is the result of that call, whatever the order of its keys. */
export function isResult(text: string, n: number): boolean {
  try {
    const value = JSON.parse(text) as Record<string, unknown> | null
    const expected = resultOf(n)
    return value?.n === expected.n && value?.value === expected.value
  } catch {
    return false
  }
}
