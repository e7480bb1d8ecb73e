import type { RunEvent } from '@volley/shared/run/events.ts'
import { recordOf } from '@volley/shared/run/record.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { findingsOf } from '@volley/shared/trace/findings/index.ts'
import type { Parts } from '../deps.ts'
import { type See, standaloneSpec } from '../standalone/standalone.ts'
import { AGENT_OPTIONS, overridesOf, variablesOf } from './agentOptions.ts'
import { createApprovals } from './approvals.ts'
import { onlyFile, readArguments } from './arguments.ts'
import { createLiveVolley } from './liveVolley.ts'
import { closingLine, progressLine } from './print.ts'
import { openEngine } from './processEngine.ts'
import { readFlow } from './readDocument.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './terminal.ts'

const OPTIONS = {
  ...AGENT_OPTIONS,
  input: { type: 'string' },
  json: { type: 'boolean' },
  events: { type: 'boolean' },
} as const

/** `volley run FLOW.json --input TEXT`: runs a flow in this process, without a server, and keeps nothing. */
export async function run(argv: string[], terminal: Terminal, parts: Parts): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, OPTIONS)
  const file = onlyFile(positionals)
  if (values.input === undefined) throw new UsageError('--input is missing: the text that the agent answers')
  if (values.json && values.events) throw new UsageError('give either --json or --events')
  const variables = variablesOf(values.var ?? [])
  const overrides = overridesOf(values)

  const read = await readFlow(terminal, file, { documents: parts.documents, overrides })
  if (!read) return EXIT.usage
  const { flow } = read
  const spec = standaloneSpec(flow, { input: values.input, variables })
  const engine = await openEngine(terminal, parts)
  if (!engine) return EXIT.failed
  const stop = new AbortController()
  const unsubscribe = terminal.onInterrupt(() => stop.abort())
  const progress = progressOn(terminal, { isSilent: values.events === true })
  const approvals = createApprovals(terminal, {
    decide: (call, decision) => engine.engine.decide(spec.runId, call, decision),
    around: progress.around,
  })
  try {
    const see: See = (events, run) => {
      if (values.events) for (const event of events) terminal.out(`${JSON.stringify(event)}\n`)
      progress.see(events, run)
      approvals.see(events, run)
    }
    const state = await engine.play(spec, { see, signal: stop.signal })
    approvals.close()
    progress.close()
    const record = recordOf(state, findingsOf(state, flow))
    if (values.json) terminal.out(`${JSON.stringify(record, null, 2)}\n`)
    else if (!values.events) {
      terminal.err(`${closingLine(record)}\n`)
      if (record.output !== null) terminal.out(`${record.output}\n`)
    }
    if (record.error) terminal.err(`volley: the run ${record.status}: ${record.error.message}\n`)
    if (stop.signal.aborted) return EXIT.interrupted
    return record.status === 'succeeded' ? EXIT.ok : EXIT.failed
  } finally {
    unsubscribe()
    approvals.close()
    progress.close()
    await engine.close()
  }
}

interface Progress {
  see(events: readonly RunEvent[], run: RunState): void
  /** Keeps the screen still while something else is said on it. */
  around<Value>(work: () => Promise<Value>): Promise<Value>
  close(): void
}

/** The volley as bars on a screen, else a line for each event that matters. */
function progressOn(terminal: Terminal, { isSilent }: { isSilent: boolean }): Progress {
  if (isSilent) return { see: () => {}, around: (work) => work(), close: () => {} }
  if (terminal.screen()) return createLiveVolley(terminal)
  return {
    see(events) {
      for (const event of events) {
        const line = progressLine(event)
        if (line !== null) terminal.err(`${line}\n`)
      }
    },
    around: (work) => work(),
    close: () => {},
  }
}
