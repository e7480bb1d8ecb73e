import type { ServerInfo } from '@volley/shared/api.ts'
import { useEffect, useState } from 'react'
import { getInfo } from './client.ts'

let known: ServerInfo | null = null

/** What the server is and which providers can answer; null until it said so. Asked anew whenever it is first shown. */
export function useInfo(): ServerInfo | null {
  const [info, setInfo] = useState(known)
  useEffect(() => {
    const stop = new AbortController()
    void getInfo(stop.signal).then((answer) => {
      if (!answer.ok || stop.signal.aborted) return
      known = answer.value
      setInfo(known)
    })
    return () => stop.abort()
  }, [])
  return info
}
