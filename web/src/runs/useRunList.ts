import type { RunFilter, RunListItem } from '@volley/shared/api.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type ApiFault, listRuns } from '../api/client.ts'

const PAGE = 50
const LOOK_AGAIN_MS = 2500

interface RunList {
  items: RunListItem[]
  cursor: string | undefined
  fault: ApiFault | null
  isLoading: boolean
}

const EMPTY: RunList = { items: [], cursor: undefined, fault: null, isLoading: true }

/** The runs that a filter lets through, a page at a time; another filter object is another list. While one of them goes on the first page is read again now and then. */
export function useRunList(filter: RunFilter) {
  const [list, setList] = useState<RunList>(EMPTY)
  const generation = useRef(0)

  const load = useCallback(
    async (cursor: string | undefined) => {
      const mine = ++generation.current
      setList((before) => ({ ...before, isLoading: true }))
      const answer = await listRuns({ ...filter, cursor, limit: PAGE })
      if (mine !== generation.current) return
      setList((before) => {
        if (!answer.ok) return { ...before, fault: answer.error, isLoading: false }
        const { items, cursor: next } = answer.value
        return {
          items: cursor === undefined ? joined(items, before.items) : [...before.items, ...items],
          cursor: cursor === undefined && before.items.length > PAGE ? before.cursor : next,
          fault: null,
          isLoading: false,
        }
      })
    },
    [filter],
  )

  useEffect(() => {
    setList(EMPTY)
    void load(undefined)
    return () => {
      generation.current++
    }
  }, [load])

  const goesOn = list.items.some((item) => item.summary === null)
  useEffect(() => {
    if (!goesOn) return
    const timer = setInterval(() => document.hidden || void load(undefined), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [goesOn, load])

  return {
    items: list.items,
    fault: list.fault,
    isLoading: list.isLoading,
    hasMore: list.cursor !== undefined,
    more: () => void load(list.cursor),
    reload: () => void load(undefined),
  }
}

/** The first page as it is now, then those that were read before and are not on it. */
export function joined(first: readonly RunListItem[], before: readonly RunListItem[]): RunListItem[] {
  const ids = new Set(first.map((item) => item.id))
  const oldest = first.at(-1)?.createdAt ?? ''
  return [...first, ...before.filter((item) => !ids.has(item.id) && item.createdAt < oldest)]
}
