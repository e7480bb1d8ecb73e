import type { Connections } from './connections.ts'

/** The same connections; whoever keeps something open over one is told when it was changed or deleted. */
export function liveConnections(connections: Connections, onChange: (name: string) => void): Connections {
  return {
    ...connections,
    async put(name, given) {
      const stored = await connections.put(name, given)
      if (stored.ok) onChange(name)
      return stored
    },
    async delete(name) {
      const isDeleted = await connections.delete(name)
      if (isDeleted) onChange(name)
      return isDeleted
    },
  }
}
