import { useState } from 'react'
import type { Loaded } from './useAnswer.ts'

/** The last answer, until the next one is there: what is shown does not vanish for a moment at each choice. */
export function useKept<Value>(loaded: Loaded<Value>): Value | null {
  const [kept, setKept] = useState<Value | null>(null)
  const value = loaded.is === 'there' ? loaded.value : kept
  if (value !== kept) setKept(value)
  return value
}
