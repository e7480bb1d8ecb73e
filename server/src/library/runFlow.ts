import type { EarlierMessage, RunEvent } from '@volley/shared/run/events.ts'
import type { RunRecord } from '@volley/shared/run/record.ts'
import type { DescribedModels } from '../deps.ts'
import type { Engine, Model } from '../engine/ports.ts'
import { type Env, parseEnv } from '../env.ts'
import { createLog } from '../log.ts'
import { PARTS } from '../parts.ts'
import { createRedaction } from '../secrets/redact.ts'
import { createVault, type Vault } from '../secrets/vault.ts'
import { openStandalone, standaloneSpec } from '../standalone/standalone.ts'
import { givenSecrets, readSecretStore } from '../store/readSecretStore.ts'
import type { OwnTools } from '../tools/own.ts'
import { readFlow } from './invalidFlow.ts'

export interface RunFlowOptions {
  /** The text that the agent answers. */
  input: string
  /** In place of the document's own values. */
  variables?: Readonly<Record<string, string>>
  /** What was said before: user and agent in turn, beginning with the user and ending with the agent. */
  messages?: readonly EarlierMessage[]
  /** Functions in place of the document's tools, by the tool's name. The others run as the document says. */
  tools?: OwnTools
  /** Models of your own, by the name that the document gives as the agent's provider. */
  models?: Readonly<Record<string, Model>>
  /** What `{{secret.NAME}}` stands for in the document; shown nowhere. One that is undefined or empty counts as not given. */
  secrets?: Readonly<Record<string, string | undefined>>
  /** The data folder of a server whose secrets and connections may be used too. Left out: none is read. */
  dataFolder?: string
  /** Decides on calls of tools with `approval: "always"`. Left out: they are refused. */
  approve?: (call: CallToApprove) => boolean | Promise<boolean>
  /** Hears each event of the run, in order. */
  onEvent?: (event: RunEvent) => void
  /** Cancels the run, which then ends with the status `cancelled`. */
  signal?: AbortSignal
  /** Keys and settings as `volley` reads them, such as `OPENAI_API_KEY`. The process's own by default. */
  env?: Readonly<Record<string, string | undefined>>
}

export interface CallToApprove {
  call: number
  tool: string
  /** As the model sent them. */
  arguments: unknown
}

/**
 * Runs a flow in this process: no server, no data folder, nothing kept. Resolves with the run's record, also when the run failed or was
 * cancelled (`status` says so). Rejects with an `InvalidFlow` when the document cannot be run, and with what `onEvent` or `approve` threw.
 */
export async function runFlow(document: unknown, options: RunFlowOptions): Promise<RunRecord> {
  const { tools: ownTools = {}, onEvent, approve = () => false, signal } = options
  const flow = readFlow(document, PARTS.documents, Object.keys(ownTools))
  const env = readEnv(options.env ?? process.env, options.dataFolder)
  const vault = await vaultFor(env, options)
  const logger = createLog('warn', undefined, vault.redaction.text)
  const standalone = await openStandalone(PARTS, { env, vault, logger, ownTools })
  const spec = standaloneSpec(flow, options)
  const given = new AbortController()
  const approvals = decideWith(approve, standalone.engine, spec.runId, (fault) => given.abort(fault))
  try {
    const record = await standalone.run(spec, {
      signal: AbortSignal.any(signal ? [signal, given.signal] : [given.signal]),
      onEvent(event) {
        approvals(event)
        onEvent?.(event)
      },
    })
    if (given.signal.aborted) throw given.signal.reason
    return record
  } finally {
    await standalone.close()
  }
}

function readEnv(variables: Readonly<Record<string, string | undefined>>, dataFolder: string | undefined): Env {
  const env = parseEnv(
    { ...variables, ...(dataFolder === undefined ? {} : { VOLLEY_DATA: dataFolder }) },
    process.cwd(),
  )
  if (!env.ok) throw new Error(`The environment cannot be used: ${env.error.join('; ')}`)
  return env.value
}

async function vaultFor(env: Env, { secrets = {}, models = {}, dataFolder }: RunFlowOptions): Promise<Vault> {
  const kept = dataFolder === undefined ? null : await readSecretStore(env.dataFolder, env.secretKey)
  const store = await givenSecrets(secrets, kept)
  return createVault(env, store, {
    models: withOwnModels(PARTS.createModels(env), models),
    redaction: createRedaction(),
  })
}

function withOwnModels(models: DescribedModels, own: Readonly<Record<string, Model>>): DescribedModels {
  return {
    find(provider) {
      const model = Object.hasOwn(own, provider) ? own[provider] : undefined
      return model ? { ok: true, value: model } : models.find(provider)
    },
    async describe() {
      const names = Object.keys(own)
      return [
        ...names.map((name) => ({ name, label: name, available: true, models: [] })),
        ...(await models.describe()).filter(({ name }) => !names.includes(name)),
      ]
    },
  }
}

/** Asks for a decision on each call that awaits one. */
function decideWith(
  approve: NonNullable<RunFlowOptions['approve']>,
  engine: Pick<Engine, 'decide'>,
  runId: string,
  onFault: (fault: unknown) => void,
): (event: RunEvent) => void {
  const emitted = new Map<number, CallToApprove>()
  const ask = async (call: CallToApprove) => {
    const isApproved = await approve(call)
    await engine.decide(runId, call.call, { approve: isApproved })
  }
  return (event) => {
    if (event.type === 'call.emitted')
      emitted.set(event.call, { call: event.call, tool: event.tool, arguments: event.arguments })
    const call = event.type === 'call.awaiting_approval' ? emitted.get(event.call) : undefined
    if (call) ask(call).catch(onFault)
  }
}
