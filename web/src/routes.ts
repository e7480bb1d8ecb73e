import { navigate } from 'wouter/use-browser-location'

/** The page's addresses (contract 8). */
export const paths = {
  home: '/',
  flow: (id: string) => `/flows/${encodeURIComponent(id)}`,
  /** The editor with a run on its canvas, and the version of the flow that ran. */
  flowOfRun: (id: string, run: string) => `/flows/${encodeURIComponent(id)}?run=${encodeURIComponent(run)}`,
  /** The editor with a flow that no server has yet. It gets an address of its own at the first save. */
  newFlow: '/flows/new',
  runs: '/runs',
  run: (id: string) => `/runs/${encodeURIComponent(id)}`,
  /** Two to four runs side by side. */
  compare: (ids: readonly string[]) => `/compare?runs=${ids.map(encodeURIComponent).join(',')}`,
  evals: '/evals',
  eval: (id: string) => `/evals/${encodeURIComponent(id)}`,
  /** Where an eval is made ready: of this flow, of one version of it; `lab` with clauses to try. */
  newEval: (flow?: string, options: { version?: number; dataSet?: string; lab?: boolean } = {}) => {
    const { version, dataSet, lab } = options
    const given = { flow, version, 'data-set': dataSet, lab: lab ? 'on' : undefined }
    const asked = Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
    )
    return asked.length === 0 ? '/evals/new' : `/evals/new?${asked.join('&')}`
  },
  /** What changed from one eval to another. */
  compareEvals: (before: string, after: string) =>
    `/evals/compare?before=${encodeURIComponent(before)}&after=${encodeURIComponent(after)}`,
  dataSets: '/evals?tab=data-sets',
  dataSet: (id: string) => `/evals/data-sets/${encodeURIComponent(id)}`,
  settings: '/settings',
}

/** So many runs fit side by side. */
export const MOST_COMPARED = 4

export const NEW_FLOW = 'new'

export function goTo(path: string, options: { replace?: boolean } = {}) {
  navigate(path, options)
}
