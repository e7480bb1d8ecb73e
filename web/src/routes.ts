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
