import type { Overrides } from '@volley/shared/api.ts'
import { PARALLELISMS } from '@volley/shared/flow/flow.ts'
import type { RunEvent } from '@volley/shared/run/events.ts'
import type { Parts } from '../deps.ts'
import type { RunSpec } from '../engine/ports.ts'
import { parseEnv } from '../env.ts'
import { createLog } from '../log.ts'
import { readVault } from '../secrets/readVault.ts'
import { openStandalone } from '../standalone/standalone.ts'
import { withOverrides } from '../starts/overrides.ts'
import { newId } from '../store/ids.ts'
import { StoreFault } from '../store/storeFault.ts'
import { oneOf, onlyFile, readArguments } from './arguments.ts'
import { closingLine, progressLine } from './print.ts'
import { printProblems, readDocument } from './readDocument.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './terminal.ts'

const OPTIONS = {
  input: { type: 'string' },
  var: { type: 'string', multiple: true },
  provider: { type: 'string' },
  model: { type: 'string' },
  parallelism: { type: 'string' },
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
  const env = parseEnv(terminal.variables, terminal.cwd)
  if (!env.ok) throw new UsageError(env.error.join('; '))

  const document = await readDocument(terminal, file)
  const flow = document.ok ? parts.documents.parse(withOverrides(document.value, overrides)) : document
  if (!flow.ok) {
    printProblems(terminal, flow.error)
    return EXIT.usage
  }

  const vault = await readVault(env.value, parts.createModels(env.value)).catch((fault: unknown) => {
    if (!(fault instanceof StoreFault)) throw fault
    terminal.err(`volley: ${fault.message}\n`)
  })
  if (!vault) return EXIT.failed
  const logger = createLog('warn', undefined, vault.redaction.text)
  const standalone = await openStandalone(parts, { env: env.value, vault, logger })
  const spec: RunSpec = {
    runId: newId(),
    flow: flow.value,
    origin: { id: null, version: null },
    input: values.input,
    variables: { ...flow.value.agent.variables, ...variables },
  }
  const interrupted = new AbortController()
  const unsubscribe = terminal.onInterrupt(() => interrupted.abort())
  const show = values.events
    ? (event: RunEvent) => terminal.out(`${JSON.stringify(event)}\n`)
    : (event: RunEvent) => {
        const line = progressLine(event)
        if (line !== null) terminal.err(`${line}\n`)
      }
  try {
    const record = await standalone.run(spec, { onEvent: show, signal: interrupted.signal })
    if (values.json) terminal.out(`${JSON.stringify(record, null, 2)}\n`)
    else if (!values.events) {
      terminal.err(`${closingLine(record)}\n`)
      if (record.output !== null) terminal.out(`${record.output}\n`)
    }
    if (record.error) terminal.err(`volley: the run ${record.status}: ${record.error.message}\n`)
    if (interrupted.signal.aborted) return EXIT.interrupted
    return record.status === 'succeeded' ? EXIT.ok : EXIT.failed
  } finally {
    unsubscribe()
    await standalone.close()
  }
}

function variablesOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new UsageError(`--var "${pair}" must look like name=value`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}

function overridesOf(values: { provider?: string; model?: string; parallelism?: string }): Overrides {
  const { provider, model, parallelism } = values
  return {
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
    ...(parallelism === undefined ? {} : { parallelism: oneOf('parallelism', parallelism, PARALLELISMS) }),
  }
}
