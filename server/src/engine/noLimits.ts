import type { Admission, Limits, RunSpec } from './ports.ts'

const FREE: Admission = { enter: () => () => {}, again: async () => true, slowDown: () => {} }

/** No limit but those of the run itself. */
export const NO_LIMITS: Limits = { forCall: () => FREE, forRequest: () => FREE }

/** The limits over all runs as far as they concern this one: what is mocked or recorded reaches nobody. */
export function limitsFor({ replay, mocked }: RunSpec, limits: Limits): Limits {
  return {
    forCall: mocked || replay?.tools === 'recorded' ? NO_LIMITS.forCall : limits.forCall,
    forRequest: replay?.model === 'recorded' ? NO_LIMITS.forRequest : limits.forRequest,
  }
}
