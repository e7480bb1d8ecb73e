import type { ImportFormat } from '../api.ts'
import { isObject } from '../lib/json.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { CLIP_FORMAT } from './clip.ts'
import { groupsOf } from './editGroups.ts'
import { FLOW_FORMAT, type Flow, flowSchema } from './flow.ts'
import { importDocument } from './importTools.ts'
import { parseDocumentText, parseFlow } from './parse.ts'
import type { Problem } from './problem.ts'

/** What a pasted text holds: parts for a flow, what it was, and what could not be taken as it is. */
export interface PastedText {
  format: ImportFormat | 'clip'
  /** Carries the parts; its agent is the text's own only where `format` is `volley`. */
  flow: Flow
  notes: Problem[]
}

export interface PasteFault {
  /** What was expected, where the text is nothing that can be pasted at all. */
  message: string
  problems: Problem[]
}

const EXPECTED =
  'Expected copied tools, a Volley document, or a list of tools as OpenAI, Anthropic or MCP write them, as JSON.'

/**
 * Reads what was pasted: what copy wrote, a whole Volley document, or a tool array of OpenAI (both forms), Anthropic or MCP. All of it
 * passes the flow document's own checks, so that nothing half understood is added. Schemas of parameters are checked with the document.
 */
export function readClip(text: string): Result<PastedText, PasteFault> {
  const json = parseDocumentText(text)
  if (!json.ok) return err({ message: EXPECTED, problems: json.error.problems })
  if (isObject(json.value) && json.value.format === CLIP_FORMAT) return readOwn(json.value)
  const { format, flow, problems } = importDocument(text, { checkSchema: () => [], readOpenApi })
  const parsed = flowSchema.safeParse(flow)
  if (flow && format === 'volley' && problems.length > 0)
    return err({ message: 'The pasted document has problems.', problems })
  if (!parsed.success) return err({ message: EXPECTED, problems })
  return hasParts(parsed.data) ? ok({ format, flow: parsed.data, notes: problems }) : err(nothingInIt(problems))
}

/** A clip is a document without name and agent: it is read as one. */
function readOwn(clip: Record<string, unknown>): Result<PastedText, PasteFault> {
  const agent = { provider: 'simulated', model: 'simulated-1' }
  const parsed = parseFlow({ ...clip, format: FLOW_FORMAT, name: 'Clip', agent }, { checkSchema: () => [] })
  if (!parsed.ok) return err({ message: 'The copied parts are not whole.', problems: parsed.error })
  return hasParts(parsed.value) ? ok({ format: 'clip', flow: parsed.value, notes: [] }) : err(nothingInIt([]))
}

const hasParts = (flow: Flow) => flow.tools.length + flow.notes.length + groupsOf(flow).length > 0

const nothingInIt = (problems: Problem[]): PasteFault => ({
  message: 'There is no tool and no note in it.',
  problems,
})

/** Of an OpenAPI document one picks operations, which a paste cannot ask for. */
const readOpenApi = () => ({
  format: 'openapi' as const,
  flow: null,
  problems: [{ pointer: '', message: 'An OpenAPI document is added by Import, where its operations are picked.' }],
})
