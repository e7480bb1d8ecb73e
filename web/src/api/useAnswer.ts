import { useCallback, useEffect, useRef, useState } from 'react'
import type { ApiFault } from './fault.ts'
import type { Answer } from './request.ts'

export type Loaded<Value> = { is: 'loading' } | { is: 'there'; value: Value } | { is: 'fault'; fault: ApiFault }

/**
 * Asks the server when the place appears and whenever `key` changes. `reload` asks again and keeps what is shown until the answer
 * is there; an answer that comes too late is dropped.
 */
export function useAnswer<Value>(
  key: string,
  ask: (signal: AbortSignal) => Answer<Value>,
): { loaded: Loaded<Value>; reload: () => void } {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ is: 'loading' })
  const latest = useRef(ask)
  latest.current = ask
  const asked = useRef<AbortController | null>(null)

  const load = useCallback(async () => {
    asked.current?.abort()
    const controller = new AbortController()
    asked.current = controller
    const answer = await latest.current(controller.signal)
    if (controller.signal.aborted) return
    setLoaded(answer.ok ? { is: 'there', value: answer.value } : { is: 'fault', fault: answer.error })
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names what is asked for.
  useEffect(() => {
    setLoaded({ is: 'loading' })
    void load()
    return () => asked.current?.abort()
  }, [key, load])

  return { loaded, reload: () => void load() }
}
