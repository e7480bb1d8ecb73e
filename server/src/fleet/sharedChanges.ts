import type { PriceTable } from '../prices/prices.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Announcement } from '../store/announcements.ts'

type Say = (topic: Announcement['topic']) => void

/** The same secrets; other servers are told of each change, since each has them in memory. */
export function tellingSecrets(secrets: Secrets, say: Say): Secrets {
  return {
    ...secrets,
    async put(...given) {
      const stored = await secrets.put(...given)
      if (stored.ok) say('vault')
      return stored
    },
    async delete(name) {
      const isDeleted = await secrets.delete(name)
      if (isDeleted) say('vault')
      return isDeleted
    },
  }
}

/** The same prices; other servers are told of each change. */
export function tellingPrices(prices: PriceTable, say: Say): PriceTable {
  const told = async <Value>(change: Promise<Value>) => {
    const value = await change
    say('prices')
    return value
  }
  return {
    ...prices,
    put: (row) => told(prices.put(row)),
    reset: (provider, model) => told(prices.reset(provider, model)),
    resetAll: () => told(prices.resetAll()),
  }
}
