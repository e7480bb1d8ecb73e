import { exportFlow } from '@volley/shared/flow/exportTools.ts'
import { importDocument } from '@volley/shared/flow/importTools.ts'
import { parseFlow } from '@volley/shared/flow/parse.ts'
import { auditedTools } from './audit/auditedTools.ts'
import { approvedTools } from './connections/approvedTools.ts'
import type { Parts } from './deps.ts'
import { createEngine } from './engine/engine.ts'
import { createModels } from './models/index.ts'
import { systemClock } from './systemClock.ts'
import { createEgress } from './tools/egress.ts'
import { createTools } from './tools/index.ts'
import { createMcp } from './tools/mcp.ts'
import { createSchemas } from './tools/schemas.ts'

const schemas = createSchemas()

/** The one place that says which parts are real. */
export const PARTS: Parts = {
  documents: {
    parse: (value) => parseFlow(value, { checkSchema: schemas.check }),
    export: exportFlow,
    import: (content, format) => importDocument(content, { checkSchema: schemas.check, ...(format ? { format } : {}) }),
  },
  createMcp: ({ connections, redaction, ownPort }) =>
    createMcp({ connections, hide: redaction.text, ownPort: () => ownPort ?? 0, clock: systemClock }),
  createModels: ({ models }) => createModels({ env: models }),
  createEngine: ({ env, models, log, logger, secrets, connections, redaction, audit, mcp, ownPort }) =>
    createEngine({
      models,
      log,
      tools: auditedTools(
        approvedTools(
          createTools({
            egress: createEgress({ allow: env.egressAllow, ownPort: () => ownPort ?? 0 }),
            secrets,
            hide: redaction.text,
            clock: systemClock,
            mcp,
          }),
          connections,
        ),
        audit,
      ),
      redactor: redaction,
      clock: systemClock,
      randomness: { next: Math.random },
      validate: (schema, value) => sentence(schemas.validate(schema, value)),
      onFault: (fault, runId) => logger.error({ err: fault, runId }, 'a run met a fault'),
    }),
}

function sentence(problems: readonly { pointer: string; message: string }[]): string | null {
  if (problems.length === 0) return null
  return problems.map(({ pointer, message }) => (pointer === '' ? message : `${pointer}: ${message}`)).join(' ')
}
