import type { List } from '@volley/shared/api.ts'
import type {
  EvalAnswer,
  EvalEntry,
  EvalResult,
  EvalResults,
  EvalStarted,
  StartEval,
} from '@volley/shared/evals/api.ts'
import { type Answer, request } from './request.ts'

const at = (id: string, ...more: string[]) => ['/evals', encodeURIComponent(id), ...more].join('/')
const given = (signal: AbortSignal | undefined) => (signal ? { signal } : {})

/** Evals, newest first: all, or those of a flow or a data set. */
export const listEvals = (
  filter: { flowId?: string | undefined; dataSetId?: string | undefined } = {},
  signal?: AbortSignal,
): Answer<List<EvalEntry>> => request('/evals', { query: { ...filter }, ...given(signal) })

export const startEval = (start: StartEval): Answer<EvalStarted> => request('/evals', { method: 'POST', body: start })

export const getEval = (id: string, signal?: AbortSignal): Answer<EvalAnswer> => request(at(id), given(signal))

/** As `getEval`, without its cases, which never change. */
export const getEvalEntry = (id: string, signal?: AbortSignal): Answer<EvalEntry> =>
  request(at(id), { query: { items: 'false' }, ...given(signal) })

/** The results that came after the one with this number, in the order they came. */
export async function getResults(id: string, after = 0, signal?: AbortSignal): Answer<EvalResult[]> {
  const items: EvalResult[] = []
  for (let cursor: string | undefined = String(after); cursor !== undefined; ) {
    const page: Awaited<Answer<EvalResults>> = await request(at(id, 'results'), {
      query: { after: cursor },
      ...given(signal),
    })
    if (!page.ok) return page
    items.push(...page.value.items)
    cursor = page.value.cursor
  }
  return { ok: true, value: items }
}

export const stopEval = (id: string): Answer<unknown> => request(at(id, 'stop'), { method: 'POST', body: {} })

/** Goes on with one that was stopped. `failed`: runs that did not succeed are made anew. */
export const resumeEval = (id: string, failed = false): Answer<unknown> =>
  request(at(id, 'resume'), { method: 'POST', body: { failed } })

export const deleteEval = (id: string): Answer<unknown> => request(at(id), { method: 'DELETE' })
