import type { RunFacets, RunFilter, RunStatsAnswer } from '@volley/shared/api.ts'
import type { Retention, RetentionPreview } from '@volley/shared/run/retention.ts'
import { type Answer, queryText, request } from './request.ts'

/** What runs can be filtered by; versions only of the flow that is named. */
export const getRunFacets = (flowId: string | undefined, signal?: AbortSignal): Answer<RunFacets> =>
  request('/runs/facets', { query: { flowId }, ...(signal ? { signal } : {}) })

/** The numbers of the newest finished runs that a filter lets through. */
export const getRunStats = (filter: RunFilter, signal?: AbortSignal): Answer<RunStatsAnswer> =>
  request('/runs/stats', { query: { ...filter }, ...(signal ? { signal } : {}) })

/** Where runs are downloaded as JSON lines: those named, or all that a filter lets through. */
export const runExportAddress = (meant: RunFilter | { ids: readonly string[] }): string =>
  `/api/runs/export${queryText('ids' in meant ? { ids: meant.ids.join(',') } : { ...meant })}`

/** The most runs that can be named in one export. */
export const MOST_EXPORTED = 200

export const getRetention = (signal?: AbortSignal): Answer<Retention> => request('/retention', signal ? { signal } : {})

/** What a setting would delete now; nothing is set. */
export const previewRetention = ({ days, runs }: Retention, signal?: AbortSignal): Answer<RetentionPreview> =>
  request('/retention/preview', {
    query: { days: days ?? undefined, runs: runs ?? undefined },
    ...(signal ? { signal } : {}),
  })

export const putRetention = (retention: Retention): Answer<Retention> =>
  request('/retention', { method: 'PUT', body: retention })
