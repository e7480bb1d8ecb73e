import type { List } from '@volley/shared/api.ts'
import type { DataSet, DataSetEntry } from '@volley/shared/evals/api.ts'
import type { TestCase } from '@volley/shared/evals/testCase.ts'
import { type Answer, request } from './request.ts'

const at = (id: string) => `/data-sets/${encodeURIComponent(id)}`
const caseAt = (id: string, caseId: string) => `${at(id)}/cases/${encodeURIComponent(caseId)}`

export interface DataSetFields {
  name: string
  description: string
}

export const listDataSets = (signal?: AbortSignal): Answer<List<DataSetEntry>> =>
  request('/data-sets', signal ? { signal } : {})

/** A data set with all its cases. */
export const getDataSet = (id: string, signal?: AbortSignal): Answer<DataSet> =>
  request(at(id), signal ? { signal } : {})

export const makeDataSet = (made: DataSetFields & { cases?: readonly TestCase[] }): Answer<DataSet> =>
  request('/data-sets', { method: 'POST', body: made })

export const changeDataSet = (id: string, fields: DataSetFields): Answer<DataSetEntry> =>
  request(at(id), { method: 'PUT', body: fields })

export const deleteDataSet = (id: string): Answer<null> => request(at(id), { method: 'DELETE' })

/** Adds all of these or none: 422 names by its place what cannot be read, or whose id is taken. */
export const addCases = (id: string, cases: readonly TestCase[]): Answer<DataSetEntry> =>
  request(`${at(id)}/cases`, { method: 'POST', body: { cases } })

/** Puts a case in the place of the one with this id, which it renames where its own differs. */
export const putCase = (id: string, caseId: string, testCase: TestCase): Answer<TestCase> =>
  request(caseAt(id, caseId), { method: 'PUT', body: testCase })

export const deleteCase = (id: string, caseId: string): Answer<null> =>
  request(caseAt(id, caseId), { method: 'DELETE' })
