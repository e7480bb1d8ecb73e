// Undo and redo over values that never change in place. Pure: the store below it only keeps what these return.

export interface Step<Value> {
  /** What the step did, as the menu says it: "Add tool". */
  name: string
  before: Value
  /** Steps with the same key that follow each other are one step: a drag, a word typed. */
  key: string | null
}

export interface History<Value> {
  past: readonly Step<Value>[]
  present: Value
  future: readonly Step<Value>[]
}

const MOST_STEPS = 500

export const startHistory = <Value>(present: Value): History<Value> => ({ past: [], present, future: [] })

/** Adds a step, or grows the last one, which then takes the newer name, when both carry the same key. A change to the same value is no step. */
export function record<Value>(
  history: History<Value>,
  name: string,
  present: Value,
  key: string | null = null,
): History<Value> {
  if (present === history.present) return history
  const last = history.past.at(-1)
  if (key !== null && last?.key === key && history.future.length === 0)
    return last.name === name
      ? { ...history, present }
      : { ...history, past: [...history.past.slice(0, -1), { ...last, name }], present }
  return { past: [...history.past, { name, before: history.present, key }].slice(-MOST_STEPS), present, future: [] }
}

/** Ends the growing of the last step: what comes next is a step of its own, whatever its key. */
export function seal<Value>(history: History<Value>): History<Value> {
  const last = history.past.at(-1)
  if (!last || last.key === null) return history
  return { ...history, past: [...history.past.slice(0, -1), { ...last, key: null }] }
}

export function undo<Value>(history: History<Value>): History<Value> {
  const step = history.past.at(-1)
  if (!step) return history
  const { name } = step
  return {
    past: history.past.slice(0, -1),
    present: step.before,
    future: [{ name, before: history.present, key: null }, ...history.future],
  }
}

export function redo<Value>(history: History<Value>): History<Value> {
  const [step, ...future] = history.future
  if (!step) return history
  return {
    past: [...history.past, { name: step.name, before: history.present, key: null }],
    present: step.before,
    future,
  }
}

export const canUndo = (history: History<unknown>) => history.past.length > 0
export const canRedo = (history: History<unknown>) => history.future.length > 0
