import type { Progress, ToolRunner } from '../engine/ports.ts'
import { CANCELLED, toolError } from './outcomes.ts'

export interface OwnToolContext {
  /** Aborts when the call is cancelled or its time is up: hand it on to whatever you wait for. */
  signal: AbortSignal
  /** The same for every attempt of a call. */
  idempotencyKey: string
  /** Tells how far the call is; comes out as `call.progress` events. */
  report(progress: Progress): void
}

/**
 * A function in place of a tool's document part. Its arguments are resolved and have passed the tool's schema. What it returns is the
 * call's result and must be JSON; what it throws is the call's error, which the model gets to read.
 */
// biome-ignore lint/suspicious/noExplicitAny: the tool's schema has checked the arguments, so that each function may name their type
export type OwnTool = (args: any, context: OwnToolContext) => unknown
export type OwnTools = Readonly<Record<string, OwnTool>>

/** The same tools, those of these names executed by functions of this process. */
export function withOwnTools(tools: ToolRunner, own: OwnTools): ToolRunner {
  return {
    async run(call, signal) {
      const perform = Object.hasOwn(own, call.tool.name) ? own[call.tool.name] : undefined
      if (!perform) return tools.run(call, signal)
      const report = (progress: Progress) => call.report?.(progress)
      try {
        const returned = await perform(call.arguments, { signal, idempotencyKey: call.idempotencyKey, report })
        return { ok: true, result: toJson(returned) }
      } catch (fault) {
        if (signal.aborted) return CANCELLED
        return toolError(fault instanceof Error ? fault.message || fault.name : String(fault))
      }
    },
  }
}

/** A copy that is JSON, as it will be stored; nothing at all is null. Throws for what cannot be written: a cycle, a BigInt. */
function toJson(value: unknown): unknown {
  const text = JSON.stringify(value)
  return text === undefined ? null : JSON.parse(text)
}
