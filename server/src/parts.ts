import { exportFlow } from '@volley/shared/flow/exportTools.ts'
import { importDocument } from '@volley/shared/flow/importTools.ts'
import { parseFlow } from '@volley/shared/flow/parse.ts'
import { auditedTools } from './audit/auditedTools.ts'
import { approvedTools } from './connections/approvedTools.ts'
import type { Parts } from './deps.ts'
import { createEngine } from './engine/engine.ts'
import type { EventLog, WorkingEngine } from './engine/ports.ts'
import { readOpenApi } from './imports/openapi/readOpenApi.ts'
import { createLimits } from './limits/limits.ts'
import { createModels } from './models/index.ts'
import { newId } from './store/ids.ts'
import { systemClock } from './systemClock.ts'
import { openTelemetry } from './telemetry/openTelemetry.ts'
import { curlOf } from './tools/curl.ts'
import { createEgress } from './tools/egress.ts'
import type { FlowRuns } from './tools/flow.ts'
import { createTools } from './tools/index.ts'
import { createMcp } from './tools/mcp.ts'
import { withOwnTools } from './tools/own.ts'
import { createSandbox } from './tools/sandbox/sandbox.ts'
import { createSchemas } from './tools/schemas.ts'

const schemas = createSchemas()
const CHANCE = { next: Math.random }

/** The one place that says which parts are real. */
export const PARTS: Parts = {
  documents: {
    parse: (value) => parseFlow(value, { checkSchema: schemas.check }),
    export: exportFlow,
    curl: ({ run }, given) => (run.kind === 'http' ? curlOf(run, given) : null),
    import: (content, { format, pick } = {}) =>
      importDocument(content, {
        checkSchema: schemas.check,
        format,
        readOpenApi: (document) => readOpenApi(document, { checkSchema: schemas.check, pick }),
      }),
  },
  createMcp: ({ connections, redaction, ownPort }) =>
    createMcp({ connections, hide: redaction.text, ownPort: () => ownPort ?? 0, clock: systemClock }),
  createModels: ({ models }) => createModels({ env: models }),
  createSandbox: ({ env, logger, ownPort }) =>
    createSandbox({
      clock: systemClock,
      egress: env.codeFetch ? createEgress({ allow: env.egressAllow, ownPort: () => ownPort ?? 0 }) : null,
      onFault: (err) => logger.error({ err }, 'code tools cannot run'),
    }),
  createTelemetry: ({ env, ...needs }) => openTelemetry(env.telemetry, needs),
  createEngine: ({
    env,
    models,
    prices,
    sandbox,
    log,
    logger,
    secrets,
    connections,
    redaction,
    audit,
    mcp,
    ownPort,
    ownTools = {},
    saved,
    sharedLimits,
    handsOver = false,
  }) => {
    const engine: WorkingEngine = createEngine({
      handsOver,
      models,
      prices,
      log,
      tools: withOwnTools(
        auditedTools(
          approvedTools(
            createTools({
              egress: createEgress({ allow: env.egressAllow, ownPort: () => ownPort ?? 0 }),
              secrets,
              hide: redaction.text,
              clock: systemClock,
              mcp,
              sandbox,
              flows: saved && flowRuns({ saved, log, engine: () => engine }),
            }),
            connections,
          ),
          audit,
        ),
        ownTools,
      ),
      redactor: redaction,
      ...(saved ? { exchanges: saved.exchanges } : {}),
      limits: createLimits({ shared: sharedLimits, given: env.limits, clock: systemClock, randomness: CHANCE }),
      clock: systemClock,
      randomness: CHANCE,
      validate: (schema, value) => sentence(schemas.validate(schema, value)),
      onFault: (fault, runId) => logger.error({ err: fault, runId }, 'a run met a fault'),
    })
    return engine
  },
}

function sentence(problems: readonly { pointer: string; message: string }[]): string | null {
  if (problems.length === 0) return null
  return problems.map(({ pointer, message }) => (pointer === '' ? message : `${pointer}: ${message}`)).join(' ')
}

/** Saved flows as tools, run by the same engine that runs what calls them. */
function flowRuns({
  saved: { flows, runs },
  log,
  engine,
}: {
  saved: NonNullable<Parameters<Parts['createEngine']>[0]['saved']>
  log: EventLog
  engine: () => WorkingEngine
}): FlowRuns {
  return {
    async find(flowId) {
      const found = await flows.get(flowId)
      if (!found) return { fault: `There is no flow "${flowId}": choose one that is saved.` }
      const flow = PARTS.documents.parse(found.flow)
      if (flow.ok) return { flow: flow.value, version: found.version }
      return { fault: `The flow "${found.flow.name}" cannot be run as it is: ${flow.error[0]?.message ?? ''}` }
    },
    spec: (runId) => runs.spec(runId),
    log,
    start: (spec) => engine().start(spec),
    cancel: (runId) => engine().cancel(runId),
    runId: () => newId(),
  }
}
