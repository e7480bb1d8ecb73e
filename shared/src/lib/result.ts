/** The outcome of something that can fail for a reason the user, a model or the network can cause. */
export type Result<Value, Fault> = { ok: true; value: Value } | { ok: false; error: Fault }

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value })
export const err = <Fault>(error: Fault): { ok: false; error: Fault } => ({ ok: false, error })

/** For the `default` of a switch that names every case: the compiler then tells of a case that was forgotten. */
export function assertNever(value: never): never {
  throw new Error(`a case was forgotten: ${JSON.stringify(value)}`)
}
