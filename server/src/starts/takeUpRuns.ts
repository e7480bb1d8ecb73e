import type { Engine, RunSpec } from '../engine/ports.ts'

export interface Unfinished {
  /** The runs that the last server left. */
  runIds: readonly string[]
  specOf(runId: string): Promise<RunSpec | null>
}

/**
 * Takes up unfinished runs, one after another, while requests are answered already. `engine` is the same
 * engine, whose cancelling, deciding and stopping wait for runs that are still to be taken up; `done` resolves when all of them are. A
 * log that cannot be taken up must not keep the others back.
 */
export function takeUpRuns(
  engine: Engine,
  { runIds, specOf }: Unfinished,
  onFault: (fault: unknown, runId: string) => void,
): { engine: Engine; done: Promise<void> } {
  let isStopping = false
  const takeUp = async () => {
    for (const runId of runIds) {
      if (isStopping) return
      try {
        const spec = await specOf(runId)
        if (spec) await engine.resume(spec)
      } catch (fault) {
        onFault(fault, runId)
      }
      // A long log is read in one piece: between two of them others have their turn.
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
  }
  const done = takeUp()
  return {
    done,
    engine: {
      ...engine,
      async cancel(runId) {
        if (await engine.cancel(runId)) return true
        await done
        return engine.cancel(runId)
      },
      async decide(...decision) {
        if (await engine.decide(...decision)) return true
        await done
        return engine.decide(...decision)
      },
      async stop(options) {
        isStopping = true
        await done
        await engine.stop(options)
      },
    },
  }
}
