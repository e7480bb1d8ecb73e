import type { List } from '@volley/shared/api.ts'
import type { Price, PriceEntry } from '@volley/shared/run/price.ts'
import { type Answer, request } from './request.ts'

/** What models charge: the built-in prices and the own ones in their place. */
export const listPrices = (signal?: AbortSignal): Answer<List<PriceEntry>> =>
  request('/prices', signal ? { signal } : {})

/** Stores an own price, for the runs that end from now on. */
export const putPrice = (provider: string, model: string, price: Price): Answer<PriceEntry> =>
  request(at(provider, model), { method: 'PUT', body: price })

/** Takes an own price away: the built-in one counts again, where there is one. */
export const resetPrice = (provider: string, model: string): Answer<null> =>
  request(at(provider, model), { method: 'DELETE' })

export const resetAllPrices = (): Answer<null> => request('/prices', { method: 'DELETE' })

const at = (provider: string, model: string) => `/prices/${encodeURIComponent(provider)}/${encodeURIComponent(model)}`
