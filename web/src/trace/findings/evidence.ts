import type { Finding } from '@volley/shared/trace/findings/finding.ts'
import { duration, numbered, oneLine } from '../format.ts'
import { codeWords } from '../words.ts'

// What a finding rests on, as pairs of words. Pure.

/** Each figure of the evidence as a name and what to read beside it: `["held", "0.40 s"]`. */
export function evidenceRows({ evidence }: Finding): [string, string][] {
  return Object.entries(evidence).map(([key, value]) => [nameOf(key), wordsOf(key, value)])
}

/** `heldMs` gives "held", `waitedFor` "waited for". */
function nameOf(key: string): string {
  const words = key.replace(/Ms$/, '').replace(/([a-z])([A-Z])/g, '$1 $2')
  return words.toLowerCase()
}

function wordsOf(key: string, value: unknown): string {
  if (typeof value === 'number') return key.endsWith('Ms') ? duration(value) : value.toLocaleString('en')
  if (!Array.isArray(value)) return typeof value === 'string' ? value : oneLine(value, 400)
  if (key === 'waitedFor') return numbered(value, 12)
  return value.map((one) => partOf(key, one)).join('; ')
}

/** One of several: a figure, a text, or what a call did: `#3: 2 attempts`. */
function partOf(key: string, one: unknown): string {
  if (typeof one === 'number') return wordsOf(key, one)
  if (typeof one === 'string') return key === 'reasons' ? codeWords(one) : one
  if (!isOfCall(one)) return oneLine(one, 200)
  const { call, ...rest } = one
  return `#${call}: ${Object.entries(rest)
    .map(([name, value]) =>
      typeof value === 'number' && name === 'ms' ? duration(value) : `${String(value)} ${nameOf(name)}`,
    )
    .join(', ')}`
}

const isOfCall = (one: unknown): one is { call: number; [key: string]: unknown } =>
  typeof one === 'object' && one !== null && 'call' in one && typeof one.call === 'number'
