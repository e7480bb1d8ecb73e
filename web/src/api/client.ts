import type {
  ConversationAnswer,
  CurlAnswer,
  Example,
  Exchange,
  ExportFormat,
  FlowVersion,
  Fork,
  ImportAnswer,
  ImportRequest,
  List,
  Replay,
  RunFilter,
  RunListItem,
  RunStarted,
  SavedFlow,
  ServerInfo,
  StartBatch,
  StartRun,
  ValidationAnswer,
} from '@volley/shared/api.ts'
import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import type { RunRecord } from '@volley/shared/run/record.ts'
import type { Finding } from '@volley/shared/trace/findings/finding.ts'
import { authorHeader } from './author.ts'
import { type Answer, request } from './request.ts'

// Every call of the HTTP interface (contract 5) that the page makes. Each answers with a value or a fault; none throws.

export type { ApiFault } from './fault.ts'
export { sentenceOf } from './fault.ts'

const at = (...parts: (string | number)[]) => parts.map((part) => `/${encodeURIComponent(part)}`).join('')

/** All saved flows, the one that was changed last first. */
export async function listFlows(signal?: AbortSignal): Answer<List<SavedFlow>> {
  const items: SavedFlow[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await request<List<SavedFlow>>('/flows', { query: { limit: 1000, cursor }, ...given({ signal }) })
    if (!page.ok) return page
    items.push(...page.value.items)
    cursor = page.value.cursor
    if (cursor === undefined) return { ok: true, value: { items } }
  }
}

export const getFlow = (id: string, signal?: AbortSignal): Answer<SavedFlow> =>
  request(at('flows', id), given({ signal }))

export const createFlow = (flow: FlowDocument): Answer<SavedFlow> =>
  request('/flows', { method: 'POST', body: flow, headers: authorHeader() })

/** Saves a new version. With `ifMatch` it is refused (412) when someone else saved since that version. */
export const putFlow = (id: string, flow: FlowDocument, ifMatch?: number): Answer<SavedFlow> =>
  request(at('flows', id), {
    method: 'PUT',
    body: flow,
    headers: { ...authorHeader(), ...(ifMatch === undefined ? {} : { 'if-match': String(ifMatch) }) },
  })

export const deleteFlow = (id: string): Answer<null> => request(at('flows', id), { method: 'DELETE' })

/** The versions of a flow, newest first. */
export const listVersions = (id: string, signal?: AbortSignal): Answer<List<FlowVersion>> =>
  request(at('flows', id, 'versions'), given({ signal }))

export const getVersion = (id: string, version: number, signal?: AbortSignal): Answer<FlowVersion> =>
  request(at('flows', id, 'versions', version), given({ signal }))

/** Makes the label name this version, and no other one of the flow. */
export const labelVersion = (id: string, label: string, version: number): Answer<unknown> =>
  request(at('flows', id, 'labels', label), { method: 'PUT', body: { version } })

export const unlabelVersion = (id: string, label: string): Answer<unknown> =>
  request(at('flows', id, 'labels', label), { method: 'DELETE' })

/** Says something of a version; nothing any more with an empty text. */
export const noteVersion = (id: string, version: number, note: string): Answer<unknown> =>
  request(at('flows', id, 'versions', version, 'note'), { method: 'PUT', body: { note } })

/** Tells what is wrong with a document; takes any value, since a broken document is what it is for. */
export const validateFlow = (flow: unknown, signal?: AbortSignal): Answer<ValidationAnswer> =>
  request('/flows/validate', { method: 'POST', body: flow, ...given({ signal }) })

/** Reads a document or tool list of any known form as a flow. Nothing is saved. */
export const importDocument = (document: ImportRequest): Answer<ImportAnswer> =>
  request('/import', { method: 'POST', body: document })

/** The saved flow in another form: the document itself, or its tools as that format's tool array. */
export const exportFlow = (id: string, format: ExportFormat): Answer<unknown> =>
  request(at('flows', id, 'export'), { query: { format } })

/** Starts a run. The same `key` with the same body gives the same run, so that a repeated press starts only one. */
export const startRun = (run: StartRun, key?: string): Answer<RunStarted> =>
  request('/runs', {
    method: 'POST',
    body: run,
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  })

/** The same input again; what an earlier run recorded can stand in for its model or its tools. */
export const replayRun = (id: string, replay: Replay): Answer<RunStarted> =>
  request(at('runs', id, 'replay'), { method: 'POST', body: replay })

/** The first turns of a run again, as recorded but for edited results, and live from there. */
export const forkRun = (id: string, fork: Fork): Answer<RunStarted> =>
  request(at('runs', id, 'fork'), { method: 'POST', body: fork })

export const cancelRun = (id: string): Answer<unknown> =>
  request(at('runs', id, 'cancel'), { method: 'POST', body: {} })

/** Runs one volley written by hand, without a model. */
export const startBatch = (batch: StartBatch): Answer<RunStarted> =>
  request('/batches', { method: 'POST', body: batch })

/** The runs that a filter lets through, newest first, a page at a time. */
export const listRuns = (
  page: RunFilter & { limit?: number | undefined; cursor?: string | undefined } = {},
  signal?: AbortSignal,
): Answer<List<RunListItem>> => request('/runs', { query: { ...page }, ...given({ signal }) })

export const getRun = (id: string, signal?: AbortSignal): Answer<RunRecord> =>
  request(at('runs', id), given({ signal }))

/** What held a finished run back, the dearest first. None for a run that goes on. */
export const getFindings = (id: string, signal?: AbortSignal): Answer<List<Finding>> =>
  request(at('runs', id, 'findings'), given({ signal }))

/** The document as it ran, what was overridden for that run included. */
export const getRunFlow = (id: string, signal?: AbortSignal): Answer<FlowDocument> =>
  request(at('runs', id, 'flow'), given({ signal }))

/** The conversation of a run as its model was shown it. */
export const getMessages = (id: string, signal?: AbortSignal): Answer<ConversationAnswer> =>
  request(at('runs', id, 'messages'), given({ signal }))

/** What went to the model's provider and came back, as far as it was kept. */
export const getExchanges = (id: string, signal?: AbortSignal): Answer<List<Exchange>> =>
  request(at('runs', id, 'exchanges'), given({ signal }))

/** The HTTP request of a call as a command for a shell, secrets as variables. */
export const getCurl = (id: string, call: number): Answer<CurlAnswer> => request(at('runs', id, 'calls', call, 'curl'))

/** Decides on a call that waits for a person. */
export const decideCall = (
  id: string,
  call: number,
  decision: { approve: boolean; reason?: string },
): Answer<unknown> => request(at('runs', id, 'calls', call, 'approval'), { method: 'POST', body: decision })

/** What the server is and which providers can answer. */
export const getInfo = (signal?: AbortSignal): Answer<ServerInfo> => request('/info', given({ signal }))

export const listExamples = (signal?: AbortSignal): Answer<List<Example>> => request('/examples', given({ signal }))

/** The options without those that were not given: `exactOptionalPropertyTypes` tells the two apart. */
function given(options: { signal: AbortSignal | undefined }): { signal?: AbortSignal } {
  return options.signal ? { signal: options.signal } : {}
}
