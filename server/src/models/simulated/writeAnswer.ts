import { isObject } from '@volley/shared/lib/json.ts'
import type { PastCall, PlannedCall } from './planCalls.ts'

const MAX_LISTED = 40
const MAX_WORDS = 240

/** What is said before calls. */
export function announce(calls: readonly PlannedCall[]): string {
  const counts = new Map<string, number>()
  for (const { tool } of calls) counts.set(tool, (counts.get(tool) ?? 0) + 1)
  const parts = [...counts].map(([tool, count]) => (count === 1 ? tool : `${tool} (${count} times)`))
  const last = parts.pop() ?? ''
  return `Calling ${parts.length > 0 ? `${parts.join(', ')} and ${last}` : last}.`
}

/** The answer at the end: made of the results, and honest about who made it. */
export function writeAnswer(input: string, past: readonly PastCall[]): string {
  if (past.length === 0)
    return `This is the simulated model: it answers from the results of tools, and here are none to call. You wrote: ${oneLine(input, 200) || '(nothing)'}`
  const failed = past.filter((call) => call.failed).length
  const lines = past
    .slice(0, MAX_LISTED)
    .map(
      (call) =>
        `- **${call.tool}**${subjectOf(call)}: ${call.failed ? `failed: ${resultWords(call.result)}` : resultWords(call.result)}`,
    )
  const more = past.length > MAX_LISTED ? [`- … and ${past.length - MAX_LISTED} more`] : []
  const kept = past.length - failed
  const head =
    failed === 0
      ? `Here is what the tools found:`
      : kept === 0
        ? `No call succeeded:`
        : `Here is what the tools found; ${failed} of ${past.length} calls failed:`
  return [
    head,
    '',
    ...lines,
    ...more,
    '',
    '_Written by the simulated model from the results above; no language model was asked._',
  ].join('\n')
}

/** What a call was about: its plain arguments, without references. */
function subjectOf({ arguments: given }: PastCall): string {
  const words = Object.entries(given).flatMap(([name, value]) =>
    typeof value === 'string' ? [value] : typeof value === 'number' ? [`${name} ${value}`] : [],
  )
  return words.length === 0 ? '' : ` (${oneLine(words.join(', '), 80)})`
}

function resultWords(result: unknown): string {
  return oneLine(wordsOfValue(result, 0), MAX_WORDS) || 'nothing'
}

function wordsOfValue(value: unknown, depth: number): string {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) {
    const shown = value.slice(0, 4).map((item) => wordsOfValue(item, depth + 1))
    return `${shown.join('; ')}${value.length > 4 ? ` … (${value.length} in all)` : ''}` || 'an empty list'
  }
  if (!isObject(value)) return ''
  if (depth > 2) return '…'
  const entries = Object.entries(value).slice(0, 8)
  return (
    entries.map(([key, inner]) => `${key.replaceAll('_', ' ')} ${wordsOfValue(inner, depth + 1)}`).join(', ') ||
    'an empty object'
  )
}

function oneLine(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > most ? `${line.slice(0, most)}…` : line
}
