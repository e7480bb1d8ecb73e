import { isDeeperThan, isObject } from '@volley/shared/lib/json.ts'
import { isNestedDeeperThan } from '@volley/shared/lib/jsonSize.ts'
import { type Content, type ContentPart, noteOf, wordsOfContent } from '@volley/shared/run/content.ts'

export interface ReadContent {
  result: unknown
  /** What the model reads in place of a result that holds more than text. */
  shown?: string
}

const MOST_DATA = 5 * 1024 * 1024
/** As for answers of HTTP tools: what walks a result by recursion has room for it. */
const MOST_LEVELS = 500
/** A server that lists more than this in one result has pages to offer. */
const MOST_PARTS = 10_000

/** Why a result is not taken in, as a sentence; null when it is. */
export function contentFault({
  content = [],
  structuredContent,
}: {
  content?: unknown[] | undefined
  structuredContent?: unknown
}): string | null {
  if (content.length > MOST_PARTS)
    return `The result has ${content.length} parts, and ${MOST_PARTS} is the most: ask the tool for less at a time.`
  if (isNestedDeeperThan(structuredContent, MOST_LEVELS) || isNestedDeeperThan(content, MOST_LEVELS))
    return `The result is nested deeper than ${MOST_LEVELS} levels.`
  return null
}

/**
 * What a call came to. `structuredContent` is the result where there is some; else the texts, one below the other — as JSON when the
 * tool declares the schema of its output and the text is JSON, never otherwise, so that a tool's results keep one type. Where other
 * parts came along (images, audio, resources) the result is the list of all parts, and words stand in their places for who reads text alone.
 */
export function readContent(
  { content = [], structuredContent }: { content?: unknown[] | undefined; structuredContent?: unknown },
  { declaresOutput = false } = {},
): ReadContent {
  const parts = content.filter(isObject)
  if (parts.every((part) => textOf(part) !== null)) {
    if (structuredContent !== undefined) return { result: structuredContent }
    const text = parts.map((part) => textOf(part) ?? '').join('\n')
    return { result: declaresOutput ? jsonOr(text) : text }
  }
  let room = MOST_DATA
  const kept = parts.map((part) => {
    const made = partOf(part, room)
    room -= made.data?.length ?? 0
    return made
  })
  const result: Content = { content: kept, ...(structuredContent === undefined ? {} : { structuredContent }) }
  return { result, shown: wordsOfContent(result) }
}

/** What an error result says. */
export function errorText({ content = [] }: { content?: unknown[] | undefined }): string {
  const text = content
    .filter(isObject)
    .map((part) => textOf(part) ?? noteOf(partOf(part, 0)))
    .join('\n')
    .trim()
  return text === '' ? 'The tool failed without saying why.' : text
}

/** The text of a part that is nothing but text. */
function textOf(part: Record<string, unknown>): string | null {
  return part.type === 'text' && typeof part.text === 'string' ? part.text : null
}

function partOf(part: Record<string, unknown>, room: number): ContentPart {
  const type = String(part.type)
  const text = textOf(part)
  if (text !== null) return { type, text }
  const resource = isObject(part.resource) ? part.resource : {}
  const inner = type === 'resource' ? { ...resource } : { ...part }
  const { data, blob, type: _type, _meta, annotations: _annotations, ...others } = inner as Record<string, unknown>
  const bytes = typeof data === 'string' ? data : typeof blob === 'string' ? blob : undefined
  if (bytes === undefined) return { type, ...others }
  const size = Math.floor((bytes.replace(/=+$/, '').length * 3) / 4)
  return { type, ...others, bytes: size, ...(bytes.length <= room ? { data: bytes } : {}) }
}

function jsonOr(text: string): unknown {
  if (isDeeperThan(text, MOST_LEVELS)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
